//! Conversions to `nalgebra`: a one-axis tensor, or a view, becomes a view of `nalgebra`, of the
//! same elements. Any tensor of one or two axes becomes a matrix, with a copy of its elements.

#[cfg(feature = "alloc")]
use alloc::vec;
use core::ptr::NonNull;

#[cfg(feature = "alloc")]
use nalgebra::VecStorage;
use nalgebra::{ArrayStorage, Const, Dim, Matrix, U1, ViewStorage, ViewStorageMut};

use super::super::strided::strides_of;
use super::{HasDimensions, IsColumn};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::error::ShapeError;
use crate::expr::{Lazy, Rearranged};
use crate::layout::{Dense, Rearrangement};
use crate::read::Strides;
use crate::shape::{List, Shape, element_count};
use crate::storage::{ForeignMutBuffer, Storage, StorageMut};
use crate::tensor::{Tensor, TensorView, TensorViewMut};

/// The stride between columns, if the elements of each column are contiguous.
///
/// # Errors
/// When the elements of a column are not contiguous, or when a view in `nalgebra` cannot have the
/// stride between columns. Such a view has no negative stride. If its number of rows is static, the
/// stride between its columns is that number.
fn step<R: Dim, S: Shape>(shape: S, strides: PerAxis<isize>) -> Result<R, ShapeError> {
    let lens = shape.into_list().lens();
    // A one-axis tensor is a column.
    let vector = S::RANK == 1;
    let [rows, columns] = if vector { [lens[0], 1] } else { [lens[1], lens[0]] };
    let [down, across] = if vector { [strides[0], 0] } else { [strides[1], strides[0]] };
    let is_empty = rows == 0 || columns == 0;
    let problem = if !is_empty && rows > 1 && down != 1 {
        "a column of a view in `nalgebra` has its elements one after the other"
    } else if is_empty || columns <= 1 {
        // There is at most one column, or no element, so the stride between columns is never used.
        return Ok(R::from_usize(rows));
    } else if across < 0 {
        "a view in `nalgebra` has no negative strides"
    } else if R::try_to_usize().is_none_or(|rows| rows == across.unsigned_abs()) {
        return Ok(R::from_usize(across.unsigned_abs()));
    } else {
        "a view in `nalgebra` of a static number of rows has its columns one after the other"
    };
    let fix = if vector {
        "copy it, by `DVector::from(&x)`, or by `.to_tensor()` before"
    } else if down != 1 && across == 1 {
        "its transpose has, `x.t()`, or copy it, by `DMatrix::from(&x)`"
    } else {
        "copy it, by `DMatrix::from(&x)`"
    };
    Err(ShapeError::strides(problem, shape.lengths().as_ref(), strides, fix))
}

/// `at`, the address of the first element, or a dangling address if the shape has no elements.
fn first<T, S: Shape>(shape: S, at: *const T) -> *const T {
    if element_count(shape) == 0 { NonNull::dangling().as_ptr() } else { at }
}

/// A one-axis tensor as a column: a view of the same elements. A tensor of two axes has no such
/// conversion, because its elements are stored row by row. Convert its
/// [transpose](crate::ops::Reshaping::t), whose elements are stored column by column.
///
/// ```
/// use nalgebra::{DMatrix, DVectorView};
/// use shapewright::tensor;
/// let (m, v) = (DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]), tensor![1.0, -1.0]);
/// assert_eq!((m * DVectorView::from(&v)).as_slice(), [-1.0, -1.0]);
/// assert_eq!(DVectorView::from(&v).as_ptr(), v.as_slice().as_ptr());
/// ```
/// ```compile_fail
/// # use nalgebra::DMatrixView;
/// let x = shapewright::tensor![[1.0, 2.0], [3.0, 4.0]];
/// let m: DMatrixView<f64> = (&x).into(); // its rows lie one after the other, not its columns
/// ```
impl<'a, T: Element, S, B, R: Dim, C: Dim> From<&'a Tensor<T, S, B>>
    for Matrix<T, R, C, ViewStorage<'a, T, R, C, U1, R>>
where
    S: HasDimensions<R, C> + IsColumn,
    B: Storage<Layout = Dense>,
{
    fn from(tensor: &'a Tensor<T, S, B>) -> Self {
        tensor.view().try_into().expect("the elements of a dense vector are one after the other")
    }
}

/// A one-axis tensor as a mutable column: a view of the same elements.
///
/// ```
/// use nalgebra::{DVectorViewMut, SVectorViewMut};
/// use shapewright::{array, tensor};
/// let mut x = tensor![1.0, 2.0];
/// DVectorViewMut::from(&mut x).swap_rows(0, 1);
/// assert_eq!(x, tensor![2.0, 1.0]);
///
/// let mut x = array![1.0, 2.0];
/// let mut v: SVectorViewMut<f64, 2> = (&mut x).into();
/// v *= 3.0;
/// assert_eq!(x, array![3.0, 6.0]);
/// ```
impl<'a, T: Element, S, B, R: Dim, C: Dim> From<&'a mut Tensor<T, S, B>>
    for Matrix<T, R, C, ViewStorageMut<'a, T, R, C, U1, R>>
where
    S: HasDimensions<R, C> + IsColumn,
    B: StorageMut<Layout = Dense>,
{
    fn from(tensor: &'a mut Tensor<T, S, B>) -> Self {
        tensor
            .view_mut()
            .try_into()
            .expect("the elements of a dense vector are one after the other")
    }
}

/// A `TensorView` as a view of `nalgebra`, of the same elements. The elements of a column must be
/// contiguous, as they are in the transpose of a tensor.
///
/// ```
/// use nalgebra::DMatrixView;
/// use shapewright::{ShapeError, prelude::*, tensor};
/// let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let m: DMatrixView<f64> = x.t().try_into()?;
/// assert_eq!((m.shape(), m.strides()), ((3, 2), (1, 3)));
///
/// let error = DMatrixView::try_from(x.view()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a column of a view in `nalgebra` has its elements one after the other: shape (2, 3) has strides (3, 1); its \
///     transpose has, `x.t()`, or copy it, by `DMatrix::from(&x)`"
/// );
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, S: HasDimensions<R, C>, R: Dim, C: Dim> TryFrom<TensorView<'a, T, S>>
    for Matrix<T, R, C, ViewStorage<'a, T, R, C, U1, R>>
{
    type Error = ShapeError;
    /// # Errors
    /// When the elements of a column are not contiguous, or the stride between columns is negative.
    /// Also when the number of rows is static in `nalgebra`, and differs from the stride between
    /// columns.
    fn try_from(tensor: TensorView<'a, T, S>) -> Result<Self, ShapeError> {
        let (shape, Strides { at, strides }) = (tensor.shape(), tensor.strided());
        let strides = (Const, step(shape, strides)?);
        // SAFETY: `tensor` has an element at each index of its shape, borrowed for `'a`. `step` has
        // checked that the elements of a column are contiguous, so the strides, 1 along a column
        // and the result of `step` between columns, lead to these elements.
        let data =
            unsafe { ViewStorage::from_raw_parts(first(shape, at), shape.dimensions(), strides) };
        Ok(Matrix::from_data(data))
    }
}

/// A rearranged tensor, such as `x.t()`, as a view of `nalgebra`.
///
/// ```
/// use nalgebra::DMatrixView;
/// use shapewright::{ShapeError, prelude::*, tensor};
/// let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// assert_eq!(DMatrixView::try_from(x.t())?.row_sum().as_slice(), [6.0, 15.0]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, How: Rearrangement, T: Element, S: Shape, B: Storage, Out, R: Dim, C: Dim>
    TryFrom<Lazy<Rearranged<How, &'a Tensor<T, S, B>, Out>>>
    for Matrix<T, R, C, ViewStorage<'a, T, R, C, U1, R>>
where
    Out: HasDimensions<R, C>,
{
    type Error = ShapeError;
    /// # Errors
    /// When the elements of a column are not contiguous, or the stride between columns is negative.
    /// Also when the number of rows is static in `nalgebra`, and differs from the stride between
    /// columns.
    fn try_from(
        rearranged: Lazy<Rearranged<How, &'a Tensor<T, S, B>, Out>>,
    ) -> Result<Self, ShapeError> {
        rearranged.view().try_into()
    }
}

/// A `TensorViewMut` as a mutable view of `nalgebra`, of the same elements. The elements of a
/// column must be contiguous.
///
/// ```
/// use nalgebra::DVectorViewMut;
/// use shapewright::{ShapeError, prelude::*, tensor};
/// let mut x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// DVectorViewMut::try_from(x.row_mut(0))?.fill(0.0);
/// assert_eq!(x, tensor![[0.0, 0.0], [3.0, 4.0]]);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, S: HasDimensions<R, C>, R: Dim, C: Dim> TryFrom<TensorViewMut<'a, T, S>>
    for Matrix<T, R, C, ViewStorageMut<'a, T, R, C, U1, R>>
{
    type Error = ShapeError;
    /// # Errors
    /// When the elements of a column are not contiguous, or the stride between columns is negative.
    /// Also when the number of rows is static in `nalgebra`, and differs from the stride between
    /// columns.
    fn try_from(mut tensor: TensorViewMut<'a, T, S>) -> Result<Self, ShapeError> {
        let (shape, Strides { at, strides }) = (tensor.shape(), tensor.strided_mut());
        let strides = (Const, step(shape, strides)?);
        let at = first(shape, at).cast_mut();
        // SAFETY: `tensor` has an element at each index of its shape, borrowed exclusively for
        // `'a`. `step` has checked that the elements of a column are contiguous, so the strides, 1
        // along a column and the result of `step` between columns, lead to these elements. No two
        // indices of a mutable view lead to the same element.
        let data = unsafe { ViewStorageMut::from_raw_parts(at, shape.dimensions(), strides) };
        Ok(Matrix::from_data(data))
    }
}

/// Copies the elements into `slots`, column by column.
fn copy_by_columns<T: Element, S: Shape, B: Storage>(tensor: &Tensor<T, S, B>, slots: &mut [T]) {
    let shape = tensor.shape();
    assert!(slots.len() == element_count(shape), "there are as many slots as elements");
    let mut found = [1isize; 2];
    if S::RANK == 2 {
        found[1] = shape.into_list().lens()[1] as isize;
    }
    let strides = strides_of::<S>(&found[..S::RANK]);
    // SAFETY: `slots` has as many slots as `tensor` has elements. The stride along a column is 1,
    // and the stride along a row is the number of rows. So each index reaches a slot, no two
    // indices reach the same slot, and `slots` is borrowed exclusively.
    let buffer = unsafe { ForeignMutBuffer::new(slots.as_mut_ptr(), strides) };
    TensorViewMut::<T, S> { buffer, shape }.assign(tensor);
}

/// A matrix on the heap with a copy of the elements of a tensor, or of a view. The elements are
/// stored column by column.
///
/// ```
/// use nalgebra::DMatrix;
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!(DMatrix::from(&x).row(1)[0], 3.0);
/// assert_eq!(DMatrix::from(&x).as_slice(), [1.0, 3.0, 2.0, 4.0]);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, S: HasDimensions<R, C>, B: Storage, R: Dim, C: Dim> From<&Tensor<T, S, B>>
    for Matrix<T, R, C, VecStorage<T, R, C>>
where
    VecStorage<T, R, C>: nalgebra::RawStorage<T, R, C>,
{
    fn from(tensor: &Tensor<T, S, B>) -> Self {
        let mut elements = vec![T::ZERO; tensor.len()];
        copy_by_columns(tensor, &mut elements);
        let (rows, columns) = tensor.shape().dimensions();
        Matrix::from_data(VecStorage::new(rows, columns, elements))
    }
}

/// A matrix on the heap with a copy of the elements of a tensor, or of a view. The elements are
/// stored column by column.
#[cfg(feature = "alloc")]
impl<T: Element, S: HasDimensions<R, C>, B: Storage, R: Dim, C: Dim> From<Tensor<T, S, B>>
    for Matrix<T, R, C, VecStorage<T, R, C>>
where
    VecStorage<T, R, C>: nalgebra::RawStorage<T, R, C>,
{
    fn from(tensor: Tensor<T, S, B>) -> Self {
        Self::from(&tensor)
    }
}

/// An inline matrix with a copy of the elements of a tensor, or of a view. If the lengths of the
/// tensor are not those of the matrix, the conversion does not compile.
///
/// ```
/// use nalgebra::Matrix2;
/// use shapewright::array;
/// let m: Matrix2<f64> = (&array![[1.0, 2.0], [3.0, 4.0]]).into();
/// assert_eq!((m.trace(), m[(0, 1)]), (5.0, 2.0));
/// ```
/// ```compile_fail
/// # use nalgebra::Matrix3;
/// let m: Matrix3<f64> = (&shapewright::array![[1.0, 2.0], [3.0, 4.0]]).into(); // 2 rows, not 3
/// ```
impl<T: Element, S, B: Storage, const N: usize, const M: usize> From<&Tensor<T, S, B>>
    for Matrix<T, Const<N>, Const<M>, ArrayStorage<T, N, M>>
where
    S: HasDimensions<Const<N>, Const<M>>,
{
    fn from(tensor: &Tensor<T, S, B>) -> Self {
        let mut elements = [[T::ZERO; N]; M];
        copy_by_columns(tensor, elements.as_flattened_mut());
        Matrix::from_array_storage(ArrayStorage(elements))
    }
}

/// An inline matrix with a copy of the elements of a tensor, or of a view. If the lengths of the
/// tensor are not those of the matrix, the conversion does not compile.
impl<T: Element, S, B: Storage, const N: usize, const M: usize> From<Tensor<T, S, B>>
    for Matrix<T, Const<N>, Const<M>, ArrayStorage<T, N, M>>
where
    S: HasDimensions<Const<N>, Const<M>>,
{
    fn from(tensor: Tensor<T, S, B>) -> Self {
        Self::from(&tensor)
    }
}
