//! Copies of short rows of elements, between images and planes. Calling `memcpy` for each row would
//! take longer than the copy, so rows are copied in blocks of constant length. The last block of a
//! row may overlap the one before.

use crate::kernels::matmul::Wide;

/// Rows in memory: a pointer to the first element, and the strides from row to row and from column
/// to column.
#[derive(Clone, Copy)]
pub(super) struct Rows<P> {
    pub(super) at: P,
    pub(super) row: isize,
    pub(super) column: isize,
}
macro_rules! rows {
    ($($pointer:ty),*) => {$(
        impl<T> Rows<$pointer> {
            /// The pointer to the element in row `r` and column `c`.
            #[cfg_attr(not(unoptimised), inline(always))]
            pub(super) fn element(&self, r: usize, c: usize) -> $pointer {
                let offset = self
                    .row
                    .wrapping_mul(r as isize)
                    .wrapping_add(self.column.wrapping_mul(c as isize));
                self.at.wrapping_offset(offset)
            }
        }
    )*};
}
rows!(*const T, *mut T);

/// Copies `rows` rows of `columns` elements.
///
/// # Safety
/// `from` reaches these elements, and `to` has room for them, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn copy<T: Wide>(
    from: Rows<*const T>,
    to: Rows<*mut T>,
    [rows, columns]: [usize; 2],
) {
    // SAFETY, of each: the caller's promise, and a row has at least one block.
    match columns {
        // SAFETY: as above.
        8.. if from.column == 1 && to.column == 1 => unsafe {
            by_blocks::<T, 8>(from, to, [rows, columns])
        },
        // SAFETY: as above.
        4.. if from.column == 1 && to.column == 1 => unsafe {
            by_blocks::<T, 4>(from, to, [rows, columns])
        },
        _ => {
            for r in 0..rows {
                for c in 0..columns {
                    // SAFETY: the caller's promise.
                    unsafe { to.element(r, c).write(from.element(r, c).read()) };
                }
            }
        }
    }
}

/// As [`copy`], for rows whose elements are adjacent, and have at least `BLOCK` columns.
///
/// # Safety
/// As for [`copy`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn by_blocks<T: Wide, const BLOCK: usize>(
    from: Rows<*const T>,
    to: Rows<*mut T>,
    [rows, columns]: [usize; 2],
) {
    let last = columns - BLOCK;
    for r in 0..rows {
        let (from, to) = (from.element(r, 0), to.element(r, 0));
        let one = |c: usize| {
            // SAFETY: a block begins at column `c` of both rows.
            unsafe {
                let block = from.wrapping_add(c).cast::<[T; BLOCK]>().read_unaligned();
                to.wrapping_add(c).cast::<[T; BLOCK]>().write_unaligned(block);
            }
        };
        let mut c = 0;
        while c < last {
            one(c);
            c += BLOCK;
        }
        // This block may overlap the one before.
        one(last);
    }
}

/// Copies the even columns of `from` to the first of `to` and the odd columns to the second.
///
/// # Safety
/// `from` reaches `rows` rows of `columns` adjacent elements. Both destinations have room for their
/// columns, which are adjacent, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn apart<T: Wide>(
    from: Rows<*const T>,
    to: [Rows<*mut T>; 2],
    [rows, columns]: [usize; 2],
) {
    // SAFETY, of each: the caller's promise, and a row has at least as many pairs.
    match columns / 2 {
        // SAFETY: as above.
        8.. => unsafe { pairs_apart::<T, 8>(from, to, [rows, columns]) },
        // SAFETY: as above.
        4.. => unsafe { pairs_apart::<T, 4>(from, to, [rows, columns]) },
        // SAFETY: as above.
        1.. => unsafe { pairs_apart::<T, 1>(from, to, [rows, columns]) },
        0 => {}
    }
    if columns % 2 == 1 {
        for r in 0..rows {
            // SAFETY: the number of columns is odd, so the last one is an even column.
            unsafe { to[0].element(r, columns / 2).write(from.element(r, columns - 1).read()) };
        }
    }
}

/// As [`apart`], for all pairs of columns. There are at least `PAIRS`.
///
/// # Safety
/// As for [`apart`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn pairs_apart<T: Wide, const PAIRS: usize>(
    from: Rows<*const T>,
    [first, second]: [Rows<*mut T>; 2],
    [rows, columns]: [usize; 2],
) {
    let pairs = columns / 2;
    for r in 0..rows {
        let mut k = 0;
        while k < pairs {
            // The last block may overlap the one before.
            let at = k.min(pairs - PAIRS);
            // SAFETY: the row has this many pairs, and both destinations have room for as many
            // elements.
            unsafe {
                let block = from.element(r, 2 * at).cast::<[[T; 2]; PAIRS]>().read_unaligned();
                let (mut evens, mut odds) = ([T::ZERO; PAIRS], [T::ZERO; PAIRS]);
                for (k, &[even, odd]) in block.iter().enumerate() {
                    (evens[k], odds[k]) = (even, odd);
                }
                first.element(r, at).cast::<[T; PAIRS]>().write_unaligned(evens);
                second.element(r, at).cast::<[T; PAIRS]>().write_unaligned(odds);
            }
            k += PAIRS;
        }
    }
}

/// The number of elements that are copied at a time.
const BLOCK: usize = 8;

/// Copies every `stride`-th element of `line` to `to`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn every<T: Wide>(stride: usize, line: &[T], to: &mut [T]) {
    match stride {
        3 => every_of::<T, 3>(line, to),
        4 => every_of::<T, 4>(line, to),
        _ => to.iter_mut().enumerate().for_each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |(k, to)| *to = line[k * stride],
        ),
    }
}

/// As [`every`], of a constant stride.
#[cfg_attr(not(unoptimised), inline(always))]
fn every_of<T: Wide, const STRIDE: usize>(line: &[T], to: &mut [T]) {
    let Some(last) = to.len().checked_sub(BLOCK) else {
        for (k, to) in to.iter_mut().enumerate() {
            *to = line[k * STRIDE];
        }
        return;
    };
    let mut k = 0;
    loop {
        // The last block may overlap the one before.
        let at = k.min(last);
        let (from, to) = (&line[at * STRIDE..(at + BLOCK) * STRIDE], &mut to[at..at + BLOCK]);
        for (i, to) in to.iter_mut().enumerate() {
            *to = from[i * STRIDE];
        }
        k += BLOCK;
        if k >= last + BLOCK {
            return;
        }
    }
}
