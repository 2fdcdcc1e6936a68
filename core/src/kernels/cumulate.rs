//! Running sums and products along an axis, by an operation `op`: result 0 is element 0, and result
//! k is `op(result k - 1, element k)`.
//!
//! Below, *lanes* run along the axis that is accumulated. At every SIMD level the elements of a
//! lane are combined one after another, so the results have the same bits as a simple loop. Which
//! lanes are computed side by side depends on the axis:
//!
//! ```text
//! if the axes inside the accumulated axis form contiguous rows:
//!     for each index of the outer axes:
//!         row 0 of the results = row 0 of the elements
//!         for k in 1..length:
//!             row k of the results = op(row k - 1 of the results, row k of the elements)
//! else, for example if the accumulated axis is the innermost:
//!     for each group of 4 lanes:
//!         for k in 0..length: compute result k of each of the 4 lanes in turn, because an
//!                             operation must wait for the operation before it in its own lane
//! ```

use super::loops::Loops;
use super::walk::entry;
use crate::axes::{MAX_RANK, PerAxis};
use crate::read::Strides;
use crate::run::dispatch;

/// An operation of which running results are computed along an axis, such as a sum.
pub trait Cumulates<T>: Copy {
    /// The result at an index, computed from the result `before` at the previous index and the
    /// element `x` at the index.
    fn next(self, before: T, x: T) -> T;
}

/// The number of lanes that are computed together, one element of each in turn. It is about the
/// number of float additions that a processor can begin before the first of them has its result.
const LANES: usize = 4;

/// Where the elements to accumulate are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From<T> {
    /// In memory that does not overlap the results.
    Apart(Strides<*const T>),
    /// In the memory of the results, where each result replaces its element.
    There,
}

/// Writes to `to`, an array of lengths `lens`, the running results of `op` along axis `axis` (0 is
/// the last axis).
///
/// Lengths and strides are values, so this function is compiled once per element type and
/// operation.
///
/// # Safety
/// The strides of `to` lead to a different element at each index of `lens`, and nothing else
/// accesses these elements. If `from` is [`From::Apart`], its strides lead to an initialised
/// element at each index of `lens`, and none of them overlaps an element of `to`. If `from` is
/// [`From::There`], the elements of `to` are initialised.
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
                // SAFETY: the caller keeps this function's contract. `around` has a step for each
                // lane, and no length is 0.
                unsafe { lanes(op, &along, &around) };
            } else {
                around.each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |place| {
                        // SAFETY: the caller keeps this function's contract. At each step of
                        // `around` and each index along `axis`, `row` elements are contiguous in
                        // `source` and in `to`, and no length is 0.
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

/// The accumulated axis: pointers to the first element and to the first result, the length of the
/// axis, and the strides along the axis in the memory of `source` and in that of `to`.
struct AxisPlaces<T> {
    source: *const T,
    to: *mut T,
    len: usize,
    steps: [isize; 2],
}
impl<T> AxisPlaces<T> {
    /// Pointers to the element and to the result at index `k` along the axis, in the lane that
    /// begins at the distances `offset` from `source` and `to`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn at(&self, offset: [isize; 2], k: usize) -> (*const T, *mut T) {
        let moved =
            |which: usize| offset[which].wrapping_add(self.steps[which].wrapping_mul(k as isize));
        (self.source.wrapping_offset(moved(0)), self.to.wrapping_offset(moved(1)))
    }
}

/// Computes one row of `row` results after another, each row from the row of results before it.
///
/// # Safety
/// For each `k` below `along.len`, `along.at(place, k)` points to `row` contiguous initialised
/// elements, and to room for `row` contiguous results. The results do not overlap the elements, and
/// nothing else accesses the results. `along.len` is not 0.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows<T: Copy, Op: Cumulates<T>>(
    op: Op,
    along: &AxisPlaces<T>,
    place: [isize; 2],
    row: usize,
) {
    let (first, to) = along.at(place, 0);
    // SAFETY: the caller promises `row` elements at `first` and room for `row` results at `to`,
    // which do not overlap the elements.
    unsafe { first.copy_to_nonoverlapping(to, row) };
    for k in 1..along.len {
        let (source, to) = along.at(place, k);
        let before = along.at(place, k - 1).1;
        for j in 0..row {
            // SAFETY: the caller promises `row` elements at `source` and room for `row` results at
            // `to` and at `before`, and `j` is below `row`. The loop has already written the
            // results at `before`.
            unsafe {
                to.wrapping_add(j)
                    .write(op.next(before.wrapping_add(j).read(), source.wrapping_add(j).read()));
            }
        }
    }
}

/// Does the work of [`rows`] where the elements are in the memory of the results.
///
/// # Safety
/// For each `k` below `along.len`, the second pointer that `along.at(place, k)` returns points to
/// `row` contiguous initialised elements, which nothing else accesses.
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
            // SAFETY: the caller promises `row` initialised elements at `before` and at `to`, and
            // `j` is below `row`.
            unsafe {
                let x = to.wrapping_add(j);
                x.write(op.next(before.wrapping_add(j).read(), x.read()));
            }
        }
    }
}

/// Computes all lanes along the axis, [`LANES`] at a time.
///
/// # Safety
/// At each step of `around`, a lane of initialised elements begins at the step's first distance
/// from `along.source`, and room for a lane of results at its second distance from `along.to`.
/// Nothing else accesses the results. Either each result is at the same address as its element, or
/// the results do not overlap any elements. `along.len` is not 0.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lanes<T: Copy, Op: Cumulates<T>>(op: Op, along: &AxisPlaces<T>, around: &Loops<2>) {
    let (mut places, mut count) = ([[0; 2]; LANES], 0);
    around.each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |place| {
            places[count % LANES] = place;
            count += 1;
            if count == LANES {
                // SAFETY: the caller keeps this function's contract, and all `LANES` entries of
                // `places` are steps of `around`.
                unsafe { lane(op, along, places) };
                count = 0;
            }
        },
    );
    for &place in places.iter().take(count) {
        // SAFETY: the caller keeps this function's contract, and the first `count` entries of
        // `places` are steps of `around`.
        unsafe { lane(op, along, [place]) };
    }
}

/// Computes the `N` lanes that begin at the distances `places`, one element of each lane in turn.
///
/// # Safety
/// The contract of [`lanes`] holds for `along` and some loops, and each entry of `places` is a step
/// of these loops.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lane<T: Copy, Op: Cumulates<T>, const N: usize>(
    op: Op,
    along: &AxisPlaces<T>,
    places: [[isize; 2]; N],
) {
    // SAFETY: the caller promises that a lane of initialised elements begins at each of `places`,
    // and that `along.len`, the length of a lane, is not 0.
    let mut state = places.map(|place| unsafe { along.at(place, 0).0.read() });
    for k in 0..along.len {
        for (state, place) in state.iter_mut().zip(places) {
            let (source, to) = along.at(place, k);
            if k > 0 {
                // SAFETY: `k` is below the length of the lane, so `source` points to element `k`,
                // which is initialised. (Result `k` may replace this element, but only below.)
                *state = op.next(*state, unsafe { source.read() });
            }
            // SAFETY: `k` is below the length of the lane, so `to` points to room for result `k`,
            // which nothing else accesses.
            unsafe { to.write(*state) };
        }
    }
}
