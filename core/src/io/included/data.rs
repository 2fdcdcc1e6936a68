//! The bytes of an included file, aligned, and views of parts of them.

use super::table::{IncludedTensor, is_same};
use crate::axes::{AxisKind, MAX_RANK, row_major};
use crate::element::Element;
use crate::shape::{List, ListOf, Shape};
use crate::storage::ForeignBuffer;
use crate::tensor::{Tensor, TensorView};

/// Bytes at an address that is a multiple of 64, so that elements of any type are aligned, and
/// cache lines too.
#[repr(C, align(64))]
#[derive(Debug)]
pub struct Aligned<B: ?Sized>(B);

impl<const N: usize> Aligned<[u8; N]> {
    /// `bytes`, the little-endian data of `tensors`, converted to the byte order of the machine.
    #[must_use]
    pub const fn new(bytes: [u8; N], tensors: &[IncludedTensor]) -> Self {
        Self(if cfg!(target_endian = "big") { swapped(bytes, tensors) } else { bytes })
    }
}

/// The last `N` bytes of a file, which are its data.
///
/// # Panics
/// When the file has fewer than `N` bytes, because it was changed while the crate was compiled.
#[must_use]
pub const fn data_of<const N: usize>(file: &[u8]) -> [u8; N] {
    match file.last_chunk() {
        Some(data) => *data,
        None => panic!("the file was changed while the crate was compiled: build again"),
    }
}

/// `bytes` with the bytes of each element reversed.
const fn swapped<const N: usize>(mut bytes: [u8; N], tensors: &[IncludedTensor]) -> [u8; N] {
    let mut k = 0;
    while k < tensors.len() {
        let (width, mut at) = (tensors[k].width(), tensors[k].start);
        while at + width <= tensors[k].end {
            let mut i = 0;
            while i < width / 2 {
                bytes.swap(at + i, at + width - 1 - i);
                i += 1;
            }
            at += width;
        }
        k += 1;
    }
    bytes
}

impl Aligned<[u8]> {
    /// A view of the bytes from `start` to `end` as elements of shape `S` in row-major order;
    /// `None` if the bytes are not valid elements of that shape.
    pub(super) const fn view<T: Element, S: Shape>(
        &'static self,
        start: usize,
        end: usize,
    ) -> Option<TensorView<'static, T, S>> {
        let Some((before_end, _)) = self.0.split_at_checked(end) else { return None };
        let Some((_, bytes)) = before_end.split_at_checked(start) else { return None };
        let (Some(shape), Some(len)) = (S::KNOWN, S::STATIC_LEN) else { return None };
        let fits = matches!(len.checked_mul(size_of::<T>()), Some(size) if size == bytes.len());
        let is_aligned = align_of::<T>() <= align_of::<Aligned<[u8; 0]>>()
            && start.is_multiple_of(align_of::<T>());
        if !fits || !is_aligned || is_same(T::NAME_IN_FILES, "BOOL") && !are_bools(bytes) {
            return None;
        }
        let (kinds, mut lens, mut k) = (<ListOf<S> as List>::KINDS, [1; MAX_RANK], 0);
        while k < MAX_RANK {
            if let AxisKind::Length(Some(len)) = kinds[k] {
                lens[k] = len;
            }
            k += 1;
        }
        // SAFETY: `bytes` live for `'static`. They begin at the index `start`, a multiple of the
        // alignment of `T`, in memory that is aligned for `T` (`is_aligned`). Their number is what
        // the elements of `S` take (`fits`), and the row-major strides reach no other bytes. Any
        // byte is valid, except in a `bool`, for which `are_bools` has checked them.
        let buffer = unsafe { ForeignBuffer::new(bytes.as_ptr().cast(), row_major(kinds, lens)) };
        Some(Tensor { buffer, shape })
    }
}

/// Whether each byte is 0 or 1. Compares 16 bytes at a time, because the compiler counts the steps
/// of a constant's evaluation, and refuses too many.
const fn are_bools(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let (count, mut others, mut k) = (words.len(), 0, 0);
    while k < count {
        others |= u128::from_ne_bytes(words[k]);
        k += 1;
    }
    let mut k = 0;
    while k < rest.len() {
        others |= rest[k] as u128;
        k += 1;
    }
    others & !u128::from_ne_bytes([1; 16]) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Dim, One};

    static BYTES: Aligned<[u8; 8]> = Aligned([1, 0, 0, 0, 2, 0, 0, 0]);
    static DATA: &Aligned<[u8]> = &BYTES;

    #[test]
    fn what_does_not_fit_is_none() {
        assert!(DATA.view::<u32, (Dim<2>,)>(0, 8).is_some());
        assert!(DATA.view::<u32, (Dim<1>, One)>(4, 8).is_some());
        assert!(DATA.view::<u32, (Dim<0>,)>(8, 8).is_some());
        assert!(DATA.view::<u32, (Dim<2>,)>(0, 9).is_none(), "past the end");
        assert!(DATA.view::<u32, (Dim<2>,)>(8, 0).is_none(), "the wrong way round");
        assert!(DATA.view::<u32, (Dim<3>,)>(0, 8).is_none(), "another count");
        assert!(DATA.view::<u32, (Dim<1>,)>(2, 6).is_none(), "not aligned");
        assert!(DATA.view::<u16, (Dim<2>,)>(2, 6).is_some());
    }

    #[test]
    fn bools_are_0_or_1() {
        assert!(DATA.view::<bool, (Dim<4>,)>(0, 4).is_some());
        assert!(DATA.view::<bool, (Dim<8>,)>(0, 8).is_none());
        for len in 0..40 {
            let mut bytes = [1; 40];
            assert!(are_bools(&bytes[..len]));
            for at in 0..len {
                bytes[at] = 2;
                assert!(!are_bools(&bytes[..len]), "{at} of {len}");
                bytes[at] = 0;
            }
        }
    }

    /// What a big-endian machine makes of the little-endian data of a file.
    #[test]
    fn elements_are_swapped_by_their_widths() {
        let tensor = |dtype, start, end| IncludedTensor::new("", dtype, &[], start, end);
        let tensors = [
            tensor("F64", 0, 8),
            tensor("I16", 8, 12),
            tensor("U8", 12, 14),
            tensor("BF16", 14, 16),
        ];
        let bytes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        let expected = [7, 6, 5, 4, 3, 2, 1, 0, 9, 8, 11, 10, 12, 13, 15, 14];
        assert_eq!(swapped(bytes, &tensors), expected);
        assert_eq!(swapped(bytes[..4].try_into().unwrap(), &[tensor("F32", 0, 4)]), [3, 2, 1, 0]);
    }
}
