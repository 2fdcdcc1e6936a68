//! The elements of a `.npy` file in row-major order, whatever the order of the file.

use core::iter::FusedIterator;
use core::marker::PhantomData;

use super::element::NpyElement;
use crate::axes::MAX_RANK;

/// Hands out the bytes of one element after another, in row-major order.
#[derive(Clone, Debug)]
pub(crate) struct Raw<'a> {
    /// For data in row-major order, the bytes of the remaining elements. For data in Fortran order,
    /// only the length of this slice matters: as many bytes as the remaining elements have.
    rest: &'a [u8],
    /// For data in Fortran order, the position of the next element.
    columns: Option<ColumnMajorWalk<'a>>,
}

impl<'a> Raw<'a> {
    /// `shape` must have at most `MAX_RANK` axes, and `data` must be complete.
    pub(crate) fn new(data: &'a [u8], shape: &[usize], fortran_order: bool) -> Self {
        Self { rest: data, columns: fortran_order.then(|| ColumnMajorWalk::new(data, shape)) }
    }

    /// The `size` bytes of the next element.
    #[inline]
    pub(crate) fn next(&mut self, size: usize) -> Option<&'a [u8]> {
        let (raw, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(self.columns.as_mut().map_or(raw, |columns| columns.next(size)))
    }
}

/// An iterator over the elements of a file in row-major order: exactly as many as its shape holds.
#[derive(Clone, Debug)]
pub(crate) struct DecodedElements<'a, T> {
    raw: Raw<'a>,
    big_endian: bool,
    element: PhantomData<T>,
}

impl<'a, T> DecodedElements<'a, T> {
    /// The elements whose bytes `raw` hands out.
    pub(super) fn new(raw: Raw<'a>, big_endian: bool) -> Self {
        Self { raw, big_endian, element: PhantomData }
    }
}

impl<T: NpyElement> Iterator for DecodedElements<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.raw.next(size_of::<T>()).map(|raw| T::from_bytes(raw, self.big_endian))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.raw.rest.len() / size_of::<T>();
        (left, Some(left))
    }
}

impl<T: NpyElement> ExactSizeIterator for DecodedElements<'_, T> {}
impl<T: NpyElement> FusedIterator for DecodedElements<'_, T> {}

/// A walk in row-major order over data in Fortran order, whose first axis varies fastest.
#[derive(Clone, Debug)]
struct ColumnMajorWalk<'a> {
    data: &'a [u8],
    /// The length, the stride in elements, and the current index of each axis, from first to last.
    /// Axes of length 1 are put before the first, so that there are `MAX_RANK` axes.
    axes: [(usize, usize, usize); MAX_RANK],
    /// The offset of the element at the current indices, in elements.
    offset: usize,
}

impl<'a> ColumnMajorWalk<'a> {
    /// `shape` must have at most `MAX_RANK` axes, and `data` must be complete.
    fn new(data: &'a [u8], shape: &[usize]) -> Self {
        let mut axes = [(1, 0, 0); MAX_RANK];
        let mut stride = 1;
        for (axis, &length) in axes[MAX_RANK - shape.len()..].iter_mut().zip(shape) {
            *axis = (length, stride, 0);
            stride *= length;
        }
        Self { data, axes, offset: 0 }
    }

    /// The bytes of the current element; then steps to the next. Must not be called after the last
    /// element.
    fn next(&mut self, size: usize) -> &'a [u8] {
        let raw = &self.data[self.offset * size..][..size];
        for (length, stride, position) in self.axes.iter_mut().rev() {
            *position += 1;
            self.offset += *stride;
            if *position < *length {
                break;
            }
            self.offset -= *stride * *length;
            *position = 0;
        }
        raw
    }
}
