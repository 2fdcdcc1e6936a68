//! Running sums and products along an axis: each place has what the one before it has, and one
//! element more.
//!
//! That is done one after another, whatever the level, so its bits are those of a loop. Where the axis
//! is inside others a row is added to the row before it, side by side. Where it is the innermost, each
//! addition waits for the one before, so some lanes take turns.

use super::loops::Loops;
use super::walk::entry;
use crate::axes::{MAX_RANK, PerAxis};
use crate::read::Strides;
use crate::run::dispatch;

/// How two elements become one.
pub trait Cumulates<T>: Copy {
    /// What a place has: what the one before it has, and one element more.
    fn next(self, before: T, x: T) -> T;
}

/// How many lanes take turns: as many as additions that a processor begins while one of floats takes.
const LANES: usize = 4;

/// Where elements are that are cumulated.
#[derive(Clone, Copy, Debug)]
pub(crate) enum From<T> {
    /// At these strides, apart from the results.
    Apart(Strides<*const T>),
    /// Where the results go.
    There,
}

/// Writes to `to`, of lengths `lens`, what `op` makes of the elements along axis `axis`, counted from the last.
///
/// Lengths and strides are values here, so this is compiled once for an element type and an operation.
///
/// # Safety
/// `to` reaches an element at each index of these lengths, exclusively, and so does `from`; if they are there, they
/// are initialised.
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
                // SAFETY: the caller's promise.
                unsafe { lanes(op, &along, &around) };
            } else {
                around.each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |place| {
                        // SAFETY: the caller's promise: a row is of the innermost axes, whose elements lie
                        // side by side.
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

/// Places along the axis: where the first is of the elements and of the results, how many there are, and how
/// far apart.
struct AxisPlaces<T> {
    source: *const T,
    to: *mut T,
    len: usize,
    steps: [isize; 2],
}
impl<T> AxisPlaces<T> {
    /// Place `k`, at `offset` from the first.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn at(&self, offset: [isize; 2], k: usize) -> (*const T, *mut T) {
        let moved =
            |which: usize| offset[which].wrapping_add(self.steps[which].wrapping_mul(k as isize));
        (self.source.wrapping_offset(moved(0)), self.to.wrapping_offset(moved(1)))
    }
}

/// Rows of `row` elements, each from the one before it.
///
/// # Safety
/// There are such rows at each place along the axis from `place` on, the results exclusively, and apart from the elements.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn rows<T: Copy, Op: Cumulates<T>>(
    op: Op,
    along: &AxisPlaces<T>,
    place: [isize; 2],
    row: usize,
) {
    let (first, to) = along.at(place, 0);
    // SAFETY: a row of elements, and one of results apart from it.
    unsafe { first.copy_to_nonoverlapping(to, row) };
    for k in 1..along.len {
        let (source, to) = along.at(place, k);
        let before = along.at(place, k - 1).1;
        for j in 0..row {
            // SAFETY: the elements `j` of rows that there are; the one before is written.
            unsafe {
                to.wrapping_add(j)
                    .write(op.next(before.wrapping_add(j).read(), source.wrapping_add(j).read()));
            }
        }
    }
}

/// As [`rows`], where the results go to where the elements are.
///
/// # Safety
/// There are such rows at each place along the axis from `place` on, exclusively.
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
            // SAFETY: the elements `j` of two rows that there are.
            unsafe {
                let x = to.wrapping_add(j);
                x.write(op.next(before.wrapping_add(j).read(), x.read()));
            }
        }
    }
}

/// Lanes along the axis, some at a time.
///
/// # Safety
/// There is a lane at each turn of `around`; the results are exclusive, or those of the same place.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lanes<T: Copy, Op: Cumulates<T>>(op: Op, along: &AxisPlaces<T>, around: &Loops<2>) {
    let (mut places, mut count) = ([[0; 2]; LANES], 0);
    around.each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |place| {
            places[count % LANES] = place;
            count += 1;
            if count == LANES {
                // SAFETY: the caller's promise.
                unsafe { lane(op, along, places) };
                count = 0;
            }
        },
    );
    for &place in places.iter().take(count) {
        // SAFETY: the caller's promise.
        unsafe { lane(op, along, [place]) };
    }
}

/// `N` lanes that take turns.
///
/// # Safety
/// As for [`lanes`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn lane<T: Copy, Op: Cumulates<T>, const N: usize>(
    op: Op,
    along: &AxisPlaces<T>,
    places: [[isize; 2]; N],
) {
    // SAFETY: an element of a lane that there is.
    let mut state = places.map(|place| unsafe { along.at(place, 0).0.read() });
    for k in 0..along.len {
        for (state, place) in state.iter_mut().zip(places) {
            let (source, to) = along.at(place, k);
            if k > 0 {
                // SAFETY: element `k` of the lane, which is not yet a result.
                *state = op.next(*state, unsafe { source.read() });
            }
            // SAFETY: its place among the results.
            unsafe { to.write(*state) };
        }
    }
}
