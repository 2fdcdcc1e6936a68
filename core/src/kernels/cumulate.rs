//! Running sums and products along an axis: result k is `op(result k - 1, element k)`.
//!
//! The elements of a lane are combined one after another at every level, so the bits are those of a
//! simple loop. What is done side by side depends on the axis:
//!
//! ```text
//! if the axes inside the axis make contiguous rows:
//!     for each index of the outer axes:
//!         row 0 of the results = row 0 of the elements
//!         for k in 1..length:
//!             row k of the results = op(row k - 1 of the results, row k of the elements)
//! else, as where the axis is the innermost:
//!     for each group of 4 lanes:
//!         for k in 0..length: element k of each of the 4 lanes in turn,
//!                             as each operation waits for the one before it in its lane
//! ```

use super::loops::Loops;
use super::walk::entry;
use crate::axes::{MAX_RANK, PerAxis};
use crate::read::Strides;
use crate::run::dispatch;

/// An operation that is accumulated along an axis.
pub trait Cumulates<T>: Copy {
    /// The result at an index, from the result at the index before and the element.
    fn next(self, before: T, x: T) -> T;
}

/// The number of lanes that take turns: about the number of float additions that a processor can
/// begin while one is in progress.
const LANES: usize = 4;

/// Where the elements to accumulate are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From<T> {
    /// At these strides, in other memory than the results.
    Apart(Strides<*const T>),
    /// In the memory of the results.
    There,
}

/// Writes to `to`, of lengths `lens`, the running results of `op` along axis `axis`, counted from
/// the last.
///
/// Lengths and strides are values, so this is compiled once per element type and operation.
///
/// # Safety
/// `to` reaches an element at each index of these lengths, exclusively, and so does `from`. If the
/// elements are in the memory of the results, they are initialised.
#[inline(never)]
pub(crate) unsafe fn cumulate<T: Copy, Op: Cumulates<T>>(
    op: Op,
    from: From<T>,
    to: Strides<*mut T>,
    lens: PerAxis<usize>,
    axis: usize,
) {
    if lens.contains(&0) {
        return;
    }
    let axis = entry(axis);
    let source = match from {
        From::Apart(source) => source,
        From::There => Strides { at: to.at.cast_const(), strides: to.strides },
    };
    let steps = |k: usize| {
        let k = entry(k);
        (lens[k], [source.strides[k], to.strides[k]])
    };
    let (mut around, row) = Loops::over((0..axis).map(steps));
    for (len, steps) in (0..MAX_RANK).map(steps).skip(axis + 1) {
        if len > 1 {
            around.push(len, steps);
        }
    }
    let along = AxisPlaces {
        source: source.at,
        to: to.at,
        len: lens[axis],
        steps: [source.strides[axis], to.strides[axis]],
    };
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || {
            if row == 1 {
                // SAFETY: the caller keeps this function's contract.
                unsafe { lanes(op, &along, &around) };
            } else {
                around.each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |place| {
                        // SAFETY: the caller's promise: a row consists of the innermost axes, whose
                        // elements are contiguous.
                        unsafe {
                            match from {
                                From::Apart(_) => rows(op, &along, place, row),
                                From::There => rows_there(op, &along, place, row),
                            }
                        }
                    },
                );
            }
        },
    );
}

/// The indices along the axis: the first element and the first result, the length, and the two
/// strides.
struct AxisPlaces<T> {
    source: *const T,
    to: *mut T,
    len: usize,
    steps: [isize; 2],
}
impl<T> AxisPlaces<T> {
    /// The element and the result at index `k`, at `offset` from the first ones.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn at(&self, offset: [isize; 2], k: usize) -> (*const T, *mut T) {
        let moved =
            |which: usize| offset[which].wrapping_add(self.steps[which].wrapping_mul(k as isize));
        (self.source.wrapping_offset(moved(0)), self.to.wrapping_offset(moved(1)))
    }
}

/// Computes rows of `row` elements, each from the row of results before it.
///
/// # Safety
/// From `place` on there is such a row at each index along the axis, both of elements and of
/// results. The results are exclusive, and do not overlap the elements.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows<T: Copy, Op: Cumulates<T>>(
    op: Op,
    along: &AxisPlaces<T>,
    place: [isize; 2],
    row: usize,
) {
    let (first, to) = along.at(place, 0);
    // SAFETY: there is a row of elements, and a row of results that does not overlap it.
    unsafe { first.copy_to_nonoverlapping(to, row) };
    for k in 1..along.len {
        let (source, to) = along.at(place, k);
        let before = along.at(place, k - 1).1;
        for j in 0..row {
            // SAFETY: element `j` is in each of these rows, and the row before has been written.
            unsafe {
                to.wrapping_add(j)
                    .write(op.next(before.wrapping_add(j).read(), source.wrapping_add(j).read()));
            }
        }
    }
}

/// As [`rows`], where the elements are in the memory of the results.
///
/// # Safety
/// From `place` on there is such a row at each index along the axis, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows_there<T: Copy, Op: Cumulates<T>>(
    op: Op,
    along: &AxisPlaces<T>,
    place: [isize; 2],
    row: usize,
) {
    for k in 1..along.len {
        let (before, to) = (along.at(place, k - 1).1, along.at(place, k).1);
        for j in 0..row {
            // SAFETY: element `j` is in both rows.
            unsafe {
                let x = to.wrapping_add(j);
                x.write(op.next(before.wrapping_add(j).read(), x.read()));
            }
        }
    }
}

/// Computes lanes along the axis, [`LANES`] at a time.
///
/// # Safety
/// There is a lane at each step of `around`. The results are exclusive, and are apart from the
/// elements or are in the same places.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lanes<T: Copy, Op: Cumulates<T>>(op: Op, along: &AxisPlaces<T>, around: &Loops<2>) {
    let (mut places, mut count) = ([[0; 2]; LANES], 0);
    around.each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |place| {
            places[count % LANES] = place;
            count += 1;
            if count == LANES {
                // SAFETY: the caller keeps this function's contract.
                unsafe { lane(op, along, places) };
                count = 0;
            }
        },
    );
    for &place in places.iter().take(count) {
        // SAFETY: the caller keeps this function's contract.
        unsafe { lane(op, along, [place]) };
    }
}

/// Computes `N` lanes in turns.
///
/// # Safety
/// The caller keeps the contract of [`lanes`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lane<T: Copy, Op: Cumulates<T>, const N: usize>(
    op: Op,
    along: &AxisPlaces<T>,
    places: [[isize; 2]; N],
) {
    // SAFETY: this is the first element of a lane.
    let mut state = places.map(|place| unsafe { along.at(place, 0).0.read() });
    for k in 0..along.len {
        for (state, place) in state.iter_mut().zip(places) {
            let (source, to) = along.at(place, k);
            if k > 0 {
                // SAFETY: this is element `k` of the lane, which has not been replaced by a result
                // yet.
                *state = op.next(*state, unsafe { source.read() });
            }
            // SAFETY: this is result `k` of the lane.
            unsafe { to.write(*state) };
        }
    }
}
