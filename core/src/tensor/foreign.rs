//! Views of borrowed slices, with or without strides, and of bytes; and the slice of a view whose
//! elements are contiguous.

use super::create::shape_of;
use super::{Array, Create, Tensor, TensorView, TensorViewMut};
use crate::agreement;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::error::ShapeError;
use crate::read::Strides;
use crate::shape::{FromCount, List, ListOf, Shape, StaticShape};
use crate::storage::ForeignBuffer;
use crate::verify;

impl<'a, T: Element, S: FromCount> TensorView<'a, T, S> {
    /// A view of `elements`, which are in row-major order. If the shape has one run-time length,
    /// this length follows from the number of elements. For a shape with several, call
    /// [`from_shape`](Self::from_shape) with the shape as a value.
    ///
    /// # Errors
    /// If the shape cannot have this number of elements.
    ///
    /// ```
    /// use shapewright::{TensorView, array, shape};
    /// let view: TensorView<f32, shape![2, 2]> = TensorView::new(&[1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(view, array![[1.0, 2.0], [3.0, 4.0]]);
    /// assert!(TensorView::<f32, shape![2, 2]>::new(&[1.0; 5]).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("frombuffer", "from_slice", "asarray"))]
    pub fn new(elements: &'a [T]) -> Result<Self, ShapeError> {
        const { verify::counted::<S>() };
        Self::from_shape(shape_of(elements.len())?, elements)
    }
}

impl<'a, T: Element, S: Shape> TensorView<'a, T, S> {
    /// A view of `elements` with the given strides: one for each axis, the first axis first, in
    /// elements and not in bytes. A stride may be 0 or negative. The first element of the view is
    /// `elements[first]`.
    ///
    /// # Errors
    /// If an index of the shape would reach outside `elements`.
    ///
    /// ```
    /// use shapewright::{TensorView, array, shape};
    /// let columns = [1, 2, 3, 4, 5, 6];
    /// let transposed: TensorView<i32, shape![3, 2]> = TensorView::with_strides(&columns, 0, [1, 3])?;
    /// assert_eq!(transposed, array![[1, 4], [2, 5], [3, 6]]);
    /// assert!(TensorView::<i32, shape![3, 2]>::with_strides(&columns, 1, [1, 3]).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("as_strided"))]
    pub fn with_strides(
        elements: &'a [T],
        first: usize,
        strides: S::Strides,
    ) -> Result<Self, ShapeError>
    where
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        Self::from_shape_strides(S::VALUE, elements, first, strides)
    }

    /// As [`with_strides`](Self::with_strides), for a shape that is given as a value.
    ///
    /// # Errors
    /// If an index of the shape would reach outside `elements`, or the number of elements
    /// overflows.
    ///
    /// ```
    /// use shapewright::{Dyn, TensorView, shape, tensor};
    /// let columns = [1, 2, 3, 4, 5, 6];
    /// let transposed = TensorView::from_shape_strides(shape![Dyn::of(3), 2], &columns, 0, [1, 3])?;
    /// assert_eq!(transposed[[2, 1]], 6);
    /// assert!(TensorView::from_shape_strides(shape![Dyn::of(4), 2], &columns, 0, [1, 3]).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("as_strided"))]
    pub fn from_shape_strides(
        shape: S,
        elements: &'a [T],
        first: usize,
        strides: S::Strides,
    ) -> Result<Self, ShapeError> {
        let count = agreement::checked(shape)?;
        let lens = shape.into_list().lens();
        let kinds = <ListOf<S> as List>::KINDS;
        let mut all = [0isize; crate::axes::MAX_RANK];
        let (mut lowest, mut highest) = (Some(first as isize), Some(first as isize));
        for (k, &stride) in strides.as_ref().iter().rev().enumerate() {
            let farthest =
                (lens[k] as isize).checked_sub(1).and_then(|steps| steps.checked_mul(stride));
            let end = if stride < 0 { &mut lowest } else { &mut highest };
            *end = end.zip(farthest).and_then(|(end, far)| end.checked_add(far));
            // The stride along a `One` is 0 in every view, so that the view stretches there.
            all[k] = if matches!(kinds[k], crate::axes::AxisKind::Length(_)) { stride } else { 0 };
        }
        let reaches =
            |end: Option<isize>| end.is_some_and(|end| 0 <= end && end < elements.len() as isize);
        if count > 0 && !(reaches(lowest) && reaches(highest)) {
            return Err(ShapeError::reach(shape.lengths().as_ref(), elements.len()));
        }
        // SAFETY: either the shape has no elements, or the lowest and the highest position that the
        // strides reach are inside the slice, and so are all positions between them.
        let buffer = unsafe { ForeignBuffer::new(elements.as_ptr().wrapping_add(first), all) };
        Ok(Tensor { buffer, shape })
    }
}

impl<'a, T: Element, S: FromCount> TensorView<'a, T, S> {
    /// A view of elements that are given as bytes in the machine's byte order: in flash, in a file,
    /// or in another library's buffer.
    ///
    /// # Errors
    /// If the shape cannot have elements of this number of bytes, if the bytes are not aligned for
    /// the element type, or if the element type is `bool` and a byte is neither 0 nor 1.
    ///
    /// ```
    /// use shapewright::{TensorView, array, shape};
    /// let flags: TensorView<bool, shape![3]> = TensorView::from_bytes(&[1, 0, 1])?;
    /// assert_eq!(flags, array![true, false, true]);
    /// assert!(TensorView::<bool, shape![3]>::from_bytes(&[1, 0, 2]).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("frombuffer"))]
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, ShapeError> {
        const { verify::counted::<S>() };
        if !bytes.len().is_multiple_of(size_of::<T>()) {
            return Err(ShapeError::bytes::<S>(bytes.len(), size_of::<T>()));
        }
        let shape = shape_of::<S>(bytes.len() / size_of::<T>())?;
        Self::from_shape(shape, elements_in(bytes)?)
    }
}

/// `bytes` as a slice of elements. The number of bytes is a multiple of the size of an element.
///
/// # Errors
/// If the bytes are not aligned for the element type, or if the element type is `bool` and a byte
/// is neither 0 nor 1.
pub(crate) fn elements_in<T: Element>(bytes: &[u8]) -> Result<&[T], ShapeError> {
    let (first, count) = (bytes.as_ptr().cast::<T>(), bytes.len() / size_of::<T>());
    if count == 0 {
        // An empty slice of elements does not use the address of `bytes`, which therefore need not
        // be aligned.
        return Ok(&[]);
    }
    if !first.is_aligned() {
        return Err(ShapeError::misaligned(first.addr(), align_of::<T>()));
    }
    if core::any::TypeId::of::<T>() == core::any::TypeId::of::<bool>()
        && let Some(index) = bytes.iter().position(|&byte| byte > 1)
    {
        return Err(ShapeError::invalid_bool(index, bytes[index]));
    }
    // SAFETY: `first` is aligned, and `bytes` has the bytes of `count` elements. The elements are
    // valid: for `bool` every byte was checked, and the other element types allow any bytes.
    Ok(unsafe { core::slice::from_raw_parts(first, count) })
}

impl<'a, T: Element, S: FromCount> TensorViewMut<'a, T, S> {
    /// A mutable view of `elements`, which are in row-major order. If the shape has one run-time
    /// length, this length follows from the number of elements. For a shape with several, call
    /// [`from_shape`](Self::from_shape) with the shape as a value.
    ///
    /// # Errors
    /// If the shape cannot have this number of elements.
    ///
    /// ```
    /// use shapewright::{TensorViewMut, shape};
    /// let mut samples = [1.0, 2.0];
    /// TensorViewMut::<f32, shape![2]>::new(&mut samples)?.assign(0.5);
    /// assert_eq!(samples, [0.5, 0.5]);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("frombuffer", "from_slice", "asarray"))]
    pub fn new(elements: &'a mut [T]) -> Result<Self, ShapeError> {
        const { verify::counted::<S>() };
        Self::from_shape(shape_of(elements.len())?, elements)
    }
}

/// A view of elements in row-major order, as by [`new`](TensorView::new).
///
/// ```
/// use shapewright::{ShapeError, TensorView, prelude::*};
/// let samples: &[f32] = &[1.0, 2.0, 3.0, 4.0];
/// let x: TensorView<f32, shape![?, 2]> = samples.try_into()?;
/// assert_eq!(x, [[1.0, 2.0], [3.0, 4.0]]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, S: FromCount> TryFrom<&'a [T]> for TensorView<'a, T, S> {
    type Error = ShapeError;
    /// # Errors
    /// If the shape cannot have this number of elements.
    fn try_from(elements: &'a [T]) -> Result<Self, ShapeError> {
        Self::new(elements)
    }
}

/// A mutable view of elements in row-major order, as by [`new`](TensorViewMut::new).
///
/// ```
/// use shapewright::{ShapeError, TensorViewMut, prelude::*};
/// let mut samples = vec![1.0, 2.0, 3.0, 4.0];
/// let mut x: TensorViewMut<f32, shape![2, 2]> = samples.as_mut_slice().try_into()?;
/// x *= 2.0;
/// assert_eq!(samples, [2.0, 4.0, 6.0, 8.0]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, S: FromCount> TryFrom<&'a mut [T]> for TensorViewMut<'a, T, S> {
    type Error = ShapeError;
    /// # Errors
    /// If the shape cannot have this number of elements.
    fn try_from(elements: &'a mut [T]) -> Result<Self, ShapeError> {
        Self::new(elements)
    }
}

/// An inline copy of elements in row-major order.
///
/// ```
/// use shapewright::{Array, ShapeError, array, prelude::*};
/// let samples: &[f32] = &[1.0, 2.0, 3.0, 4.0];
/// let x: Array<f32, shape![2, 2]> = samples.try_into()?;
/// assert_eq!(x, array![[1.0, 2.0], [3.0, 4.0]]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<T: Element, S: StaticShape> TryFrom<&[T]> for Array<T, S> {
    type Error = ShapeError;
    /// # Errors
    /// If the number of elements is not that of the shape.
    fn try_from(elements: &[T]) -> Result<Self, ShapeError> {
        <Self as Create>::from_slice(elements)
    }
}

impl<'a, T: Element, S: Shape> TensorView<'a, T, S> {
    /// The elements as a slice, if they lie in row-major order without gaps, as those of a row of a
    /// matrix do. Returns `None` if they lie otherwise, as those of a column do;
    /// [`to_vec`](Tensor::to_vec) then copies them.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.row(1).to_slice(), Some(&[4, 5, 6][..]));
    /// assert_eq!(x.column(1).to_slice(), None);
    /// ```
    #[doc(alias("as_slice", "as_standard_layout"))]
    #[must_use]
    pub fn to_slice(self) -> Option<&'a [T]> {
        let Strides { at, strides } = self.strided();
        let len = self.len();
        let slice = lies_densely(self.shape(), strides).then_some(at)?;
        // SAFETY: the strides reach an element at each index, and `lies_densely` says that these
        // elements are contiguous in row-major order. They are borrowed for `'a`.
        Some(if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(slice, len) } })
    }
}
impl<'a, T: Element, S: Shape> TensorViewMut<'a, T, S> {
    /// The elements as a slice, in row-major order, if they lie in this order without gaps.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[3, 1, 2], [4, 5, 6]];
    /// x.row_mut(0).into_slice().unwrap().sort();
    /// assert_eq!(x, [[1, 2, 3], [4, 5, 6]]);
    /// ```
    #[doc(alias("as_slice_mut", "to_slice"))]
    #[must_use]
    pub fn into_slice(mut self) -> Option<&'a mut [T]> {
        let Strides { at, strides } = self.strided_mut();
        let len = self.len();
        let slice = lies_densely(self.shape(), strides).then_some(at)?;
        if len == 0 {
            return Some(&mut []);
        }
        // SAFETY: the strides reach an element at each index, and `lies_densely` says that these
        // elements are contiguous in row-major order. They are borrowed exclusively for `'a`.
        Some(unsafe { core::slice::from_raw_parts_mut(slice, len) })
    }
}

/// Whether elements of the shape `shape` with the strides `strides` are contiguous in row-major
/// order.
fn lies_densely<S: Shape>(shape: S, strides: PerAxis<isize>) -> bool {
    let lens = shape.into_list().lens();
    let mut step = 1isize;
    lens.contains(&0)
        || lens.into_iter().zip(strides).filter(|&(len, _)| len > 1).all(|(len, stride)| {
            let is_next = stride == step;
            step = step.wrapping_mul(len as isize);
            is_next
        })
}
