//! Copies short rows of elements between images and planes. A call of `memcpy` for each row would
//! take longer than the copy itself, so rows are copied in blocks of constant length. The last
//! block of a row may overlap the block before it.

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

/// Copies `rows` rows of `columns` elements from `from` to `to`.
///
/// # Safety
/// `from` reaches an element in each row and column. `to` has room for each element, which nothing
/// else accesses.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn copy<T: Wide>(
    from: Rows<*const T>,
    to: Rows<*mut T>,
    [rows, columns]: [usize; 2],
) {
    match columns {
        // SAFETY: the caller keeps this function's contract. Each row is contiguous, because both
        // strides from column to column are 1, and a row has at least 8 elements.
        8.. if from.column == 1 && to.column == 1 => unsafe {
            by_blocks::<T, 8>(from, to, [rows, columns])
        },
        // SAFETY: the caller keeps this function's contract. Each row is contiguous, because both
        // strides from column to column are 1, and a row has at least 4 elements.
        4.. if from.column == 1 && to.column == 1 => unsafe {
            by_blocks::<T, 4>(from, to, [rows, columns])
        },
        _ => {
            for r in 0..rows {
                for c in 0..columns {
                    // SAFETY: `r` is less than `rows`, and `c` is less than `columns`. So by this
                    // function's contract `from` reaches an element there, and `to` has room for
                    // the element.
                    unsafe { to.element(r, c).write(from.element(r, c).read()) };
                }
            }
        }
    }
}

/// Does the work of [`copy`] in blocks of `BLOCK` elements, if each row of `from` and of `to` is
/// contiguous.
///
/// # Safety
/// The caller keeps the contract of [`copy`]. Each row of `from` and of `to` is contiguous, and
/// `columns` is at least `BLOCK`.
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
            // SAFETY: `c` is at most `columns - BLOCK`, so both rows have a whole block at column
            // `c`.
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
        // The last block ends where the row ends, and may overlap the block before it.
        one(last);
    }
}

/// Copies the even columns of `from` to `to[0]` and the odd columns to `to[1]`.
///
/// # Safety
/// `from` reaches `rows` rows of `columns` contiguous elements. `to[0]` has room for the even
/// columns and `to[1]` for the odd columns. Their rows are contiguous too, and nothing else
/// accesses them.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn apart<T: Wide>(
    from: Rows<*const T>,
    to: [Rows<*mut T>; 2],
    [rows, columns]: [usize; 2],
) {
    match columns / 2 {
        // SAFETY: the caller keeps this function's contract, and a row has at least 8 pairs of
        // columns.
        8.. => unsafe { pairs_apart::<T, 8>(from, to, [rows, columns]) },
        // SAFETY: the caller keeps this function's contract, and a row has at least 4 pairs of
        // columns.
        4.. => unsafe { pairs_apart::<T, 4>(from, to, [rows, columns]) },
        // SAFETY: the caller keeps this function's contract, and a row has at least 1 pair of
        // columns.
        1.. => unsafe { pairs_apart::<T, 1>(from, to, [rows, columns]) },
        0 => {}
    }
    if columns % 2 == 1 {
        for r in 0..rows {
            // SAFETY: the number of columns is odd, so the last column has an even index, for which
            // `to[0]` has room.
            unsafe { to[0].element(r, columns / 2).write(from.element(r, columns - 1).read()) };
        }
    }
}

/// Does the work of [`apart`], except for the last column if the number of columns is odd.
///
/// # Safety
/// The caller keeps the contract of [`apart`], and a row has at least `PAIRS` pairs of columns.
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
            // The last block may overlap the block before it.
            let at = k.min(pairs - PAIRS);
            // SAFETY: `at` is at most `pairs - PAIRS`, so there are `PAIRS` pairs from pair `at`
            // on, and both destinations have room for them.
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

/// The number of elements that [`every_of`] copies at a time.
const BLOCK: usize = 8;

/// Copies the elements of `line` at `0, stride, 2 * stride, ..` to `to`.
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

/// Does the work of [`every`] for the constant stride `STRIDE`.
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
        // The last block may overlap the block before it.
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
