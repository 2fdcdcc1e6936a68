//! Conversions from `ndarray`: an array or a view of `ndarray` becomes a view of the same elements,
//! or a tensor with a copy of them.

use ndarray::{ArrayBase, ArrayRef, ArrayView, ArrayViewMut, Data, DataMut, Dimension};

use super::super::strided::{apart, strides_of};
use crate::agreement;
use crate::element::Element;
use crate::error::ShapeError;
use crate::ops::Evaluate;
use crate::shape::FromLengths;
use crate::storage::{ForeignBuffer, ForeignMutBuffer};
use crate::tensor::{Tensor, TensorView, TensorViewMut};
use crate::verify;

/// An `ArrayView` as a `TensorView` of the same elements, with the same strides. Run-time lengths
/// of the shape are taken from the array.
///
/// ```
/// use ndarray::array;
/// use shapewright::{ShapeError, TensorView, prelude::*, shape};
/// let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let columns: TensorView<f64, shape![3, ?]> = x.t().try_into()?;
/// assert_eq!(columns.sum_axis(Axis::<1>).to_tensor().as_slice(), [5.0, 7.0, 9.0]);
///
/// let error = TensorView::<f64, shape![?, 3]>::try_from(x.t()).unwrap_err();
/// assert!(error.to_string().starts_with("shape mismatch: expected (?, 3), found (3, 2): axis -1 must be 3, not 2"));
/// # Ok::<(), ShapeError>(())
/// ```
/// The types check the number of axes. For an array of dimension `IxDyn`, the number of axes is
/// compared at run time.
/// ```compile_fail
/// # use shapewright::{TensorView, shape};
/// let x = ndarray::Array3::<f32>::zeros((2, 2, 3));
/// let _ = TensorView::<f32, shape![?, 3]>::try_from(x.view()); // an array of 3 axes is not of shape (?, 3)
/// ```
impl<'a, T: Element, D: Dimension, S: FromLengths> TryFrom<ArrayView<'a, T, D>>
    for TensorView<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: ArrayView<'a, T, D>) -> Result<Self, ShapeError> {
        const { verify::taken::<S>(D::NDIM) };
        let shape = agreement::found(array.shape())?;
        // SAFETY: by its strides, `array` has an element at each index of its lengths, which are
        // those of `shape`. The elements are borrowed for `'a`.
        let buffer =
            unsafe { ForeignBuffer::new(array.as_ptr(), strides_of::<S>(array.strides())) };
        Ok(Tensor { buffer, shape })
    }
}

/// An `ArrayViewMut` as a `TensorViewMut` of the same elements, with the same strides.
///
/// ```
/// use ndarray::{array, s};
/// use shapewright::{ShapeError, TensorViewMut, array as inline, shape};
/// let mut x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let mut reversed: TensorViewMut<f64, shape![2, 3]> = x.slice_mut(s![.., ..;-1]).try_into()?;
/// reversed += inline![100.0, 10.0, 1.0];
/// assert_eq!(x, array![[2.0, 12.0, 103.0], [5.0, 15.0, 106.0]]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, D: Dimension, S: FromLengths> TryFrom<ArrayViewMut<'a, T, D>>
    for TensorViewMut<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape, or its elements overlap.
    fn try_from(mut array: ArrayViewMut<'a, T, D>) -> Result<Self, ShapeError> {
        const { verify::taken::<S>(D::NDIM) };
        let shape = agreement::found(array.shape())?;
        let strides = strides_of::<S>(array.strides());
        apart(shape, strides)?;
        // SAFETY: by its strides, `array` has an element at each index of its lengths, which are
        // those of `shape`. The elements are borrowed exclusively for `'a`, and `apart` has checked
        // that no two indices reach the same element.
        let buffer = unsafe { ForeignMutBuffer::new(array.as_mut_ptr(), strides) };
        Ok(Tensor { buffer, shape })
    }
}

/// A view of the array's elements.
///
/// ```
/// use ndarray::Array2;
/// use shapewright::{ShapeError, Tensor, TensorView, dim, prelude::*, shape};
/// dim!(pub Rows, pub Columns = 3);
///
/// fn centered(x: &Array2<f32>) -> Result<Tensor<f32, shape![?Rows, Columns]>, ShapeError> {
///     let x: TensorView<f32, shape![?Rows, Columns]> = x.try_into()?;
///     Ok((x - x.mean_axis(Rows)).to_tensor())
/// }
/// assert_eq!(centered(&Array2::ones((7, 3)))?.sum(), 0.0);
/// assert!(centered(&Array2::ones((3, 7))).is_err());
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, R: Data<Elem = T>, D: Dimension, S: FromLengths>
    TryFrom<&'a ArrayBase<R, D, T>> for TensorView<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: &'a ArrayBase<R, D, T>) -> Result<Self, ShapeError> {
        array.view().try_into()
    }
}

/// A view of the elements of an `ArrayRef`, the part that all arrays and views of `ndarray` have in
/// common.
impl<'a, T: Element, D: Dimension, S: FromLengths> TryFrom<&'a ArrayRef<T, D>>
    for TensorView<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: &'a ArrayRef<T, D>) -> Result<Self, ShapeError> {
        array.view().try_into()
    }
}

/// A mutable view of the array's elements.
///
/// ```
/// use shapewright::{ShapeError, TensorViewMut, shape};
/// let mut x = ndarray::Array2::zeros((2, 2));
/// TensorViewMut::<f32, shape![2, 2]>::try_from(&mut x)?.assign(0.5);
/// assert_eq!(x[[1, 1]], 0.5);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, R: DataMut<Elem = T>, D: Dimension, S: FromLengths>
    TryFrom<&'a mut ArrayBase<R, D, T>> for TensorViewMut<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: &'a mut ArrayBase<R, D, T>) -> Result<Self, ShapeError> {
        array.view_mut().try_into()
    }
}

/// A mutable view of the elements of an `ArrayRef`, the part that all arrays and views of `ndarray`
/// have in common.
impl<'a, T: Element, D: Dimension, S: FromLengths> TryFrom<&'a mut ArrayRef<T, D>>
    for TensorViewMut<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: &'a mut ArrayRef<T, D>) -> Result<Self, ShapeError> {
        array.view_mut().try_into()
    }
}

/// A copy of the array, in row-major order and aligned to 64 bytes. The memory of the array is not
/// reused, because it may lack that alignment.
///
/// ```
/// use ndarray::array;
/// use shapewright::{ShapeError, Tensor, shape, tensor};
/// let x: Tensor<i32, shape![2, 2]> = array![[1, 2], [3, 4]].try_into()?;
/// assert_eq!(x, tensor![[1, 2], [3, 4]]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<T: Element, R: Data<Elem = T>, D: Dimension, S: FromLengths> TryFrom<ArrayBase<R, D, T>>
    for Tensor<T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: ArrayBase<R, D, T>) -> Result<Self, ShapeError> {
        Self::try_from(&array)
    }
}

/// A copy of the array, in row-major order and aligned to 64 bytes.
///
/// ```
/// use ndarray::array;
/// use shapewright::{ShapeError, Tensor, shape};
/// let x = array![[1, 2], [3, 4]];
/// let error: ShapeError = Tensor::<i32, shape![2, 3]>::try_from(&x).unwrap_err();
/// assert_eq!(error.axis(), Some(-1));
/// ```
impl<T: Element, R: Data<Elem = T>, D: Dimension, S: FromLengths> TryFrom<&ArrayBase<R, D, T>>
    for Tensor<T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the array has other lengths than the shape.
    fn try_from(array: &ArrayBase<R, D, T>) -> Result<Self, ShapeError> {
        Ok(TensorView::<T, S>::try_from(array)?.to_tensor())
    }
}
