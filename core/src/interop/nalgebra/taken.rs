//! Conversions from `nalgebra`: a matrix or a view of `nalgebra` becomes a view of the same
//! elements, or a tensor with a copy of them. The conversion of a matrix of static lengths cannot
//! fail.

#[cfg(feature = "alloc")]
use nalgebra::VecStorage;
use nalgebra::{
    ArrayStorage, Const, Dim, Dyn, Matrix, RawStorage, RawStorageMut, U1, ViewStorage,
    ViewStorageMut,
};

use super::super::strided::{apart, strides_of};
use super::OfMatrix;
use crate::agreement;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::error::ShapeError;
use crate::ops::Evaluate;
use crate::shape::{FromLengths, Shape, StaticShape};
use crate::storage::{ForeignBuffer, ForeignMutBuffer};
use crate::tensor::{Array, Tensor, TensorView, TensorViewMut};
use crate::verify;

/// The shape of the matrix. If the type of the matrix says that there is one column, `S` may have a
/// single axis.
fn shape_of<T, R: Dim, C: Dim, S: FromLengths>(
    matrix: &impl RawStorage<T, R, C>,
) -> Result<S, ShapeError> {
    const { verify::taken::<S>(if S::RANK == 1 { None } else { Some(2) }) };
    let (rows, columns) = matrix.shape();
    let found = [rows.value(), columns.value()];
    agreement::found(if S::RANK == 1 && C::is::<U1>() { &found[..1] } else { &found })
}

/// The shape `S` with the lengths of a matrix of `N` rows and `M` columns. By the bound
/// `OfMatrix<N, M>`, `S` can have these lengths.
fn static_shape<const N: usize, const M: usize, S: OfMatrix<N, M>>() -> S {
    let found = [N, M];
    let shape = agreement::found(&found[..S::RANK]);
    // The lengths fit, by `OfMatrix<N, M>`. The only possible error is a number of elements that
    // overflows, which only an empty matrix or a matrix with strides of 0 can have.
    shape.unwrap_or_else(|error: ShapeError| panic!("{error}"))
}

fn strides<T, R: Dim, C: Dim, S: Shape>(matrix: &impl RawStorage<T, R, C>) -> PerAxis<isize> {
    let (rows, columns) = matrix.strides();
    // The casts do not change a stride that leads from one element to another, because that stride
    // fits in `isize`.
    let found = [rows.value() as isize, columns.value() as isize];
    strides_of::<S>(&found[..S::RANK])
}

/// A view of `matrix` with the shape `shape`, which must be that of the matrix.
///
/// # Safety
/// The elements are borrowed for `'a`, and `shape` is the shape of `matrix`.
unsafe fn view<'a, T: Element, R: Dim, C: Dim, S: Shape>(
    matrix: &impl RawStorage<T, R, C>,
    shape: S,
) -> TensorView<'a, T, S> {
    // SAFETY: by its strides, `matrix` has an element at each index of its lengths. By this
    // function's contract these are the lengths of `shape`, and the elements are borrowed for `'a`.
    let buffer = unsafe { ForeignBuffer::new(matrix.ptr(), strides::<T, R, C, S>(matrix)) };
    Tensor { buffer, shape }
}

/// A mutable view of `matrix` with the shape `shape`, which must be that of the matrix.
///
/// # Safety
/// The elements are borrowed exclusively for `'a`, and `shape` is the shape of `matrix`.
unsafe fn view_mut<'a, T: Element, R: Dim, C: Dim, S: Shape>(
    matrix: &mut impl RawStorageMut<T, R, C>,
    shape: S,
) -> Result<TensorViewMut<'a, T, S>, ShapeError> {
    let strides = strides::<T, R, C, S>(matrix);
    apart(shape, strides)?;
    // SAFETY: by its strides, `matrix` has an element at each index of its lengths. By this
    // function's contract these are the lengths of `shape`, and the elements are borrowed
    // exclusively for `'a`. `apart` has checked that no two indices reach the same element.
    let buffer = unsafe { ForeignMutBuffer::new(matrix.ptr_mut(), strides) };
    Ok(Tensor { buffer, shape })
}

/// A view of the elements of a matrix. Lengths that differ do not compile, and run-time lengths of
/// the shape are taken from the matrix.
///
/// ```
/// use nalgebra::{Matrix2x3, Vector3};
/// use shapewright::{TensorView, prelude::*, shape, tensor};
/// let (m, v) = (Matrix2x3::new(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), Vector3::new(1.0, 0.0, 2.0));
/// let (x, w): (TensorView<f64, shape![2, 3]>, TensorView<f64, shape![3]>) = ((&m).into(), (&v).into());
/// assert_eq!(x.matmul(&w).to_tensor(), tensor![7.0, 16.0]);
/// ```
/// ```compile_fail
/// # use shapewright::{TensorView, shape};
/// let m = nalgebra::Matrix2x3::<f64>::zeros();
/// let x: TensorView<f64, shape![3, 2]> = (&m).into(); // axis 0 is Dim<3>, and the matrix has 2
/// ```
impl<'a, T: Element, const N: usize, const M: usize, Kept, S>
    From<&'a Matrix<T, Const<N>, Const<M>, Kept>> for TensorView<'a, T, S>
where
    Kept: RawStorage<T, Const<N>, Const<M>>,
    S: OfMatrix<N, M>,
{
    fn from(matrix: &'a Matrix<T, Const<N>, Const<M>, Kept>) -> Self {
        // SAFETY: `matrix` is borrowed for `'a`, and by `OfMatrix<N, M>` its shape is that which
        // `static_shape` returns.
        unsafe { view(&matrix.data, static_shape()) }
    }
}

/// A view of `nalgebra` as a `TensorView` of the same elements. Lengths that differ do not compile,
/// and run-time lengths of the shape are taken from the matrix.
impl<'a, T: Element, const N: usize, const M: usize, RStride: Dim, CStride: Dim, S>
    From<Matrix<T, Const<N>, Const<M>, ViewStorage<'a, T, Const<N>, Const<M>, RStride, CStride>>>
    for TensorView<'a, T, S>
where
    S: OfMatrix<N, M>,
{
    fn from(
        matrix: Matrix<
            T,
            Const<N>,
            Const<M>,
            ViewStorage<'a, T, Const<N>, Const<M>, RStride, CStride>,
        >,
    ) -> Self {
        // SAFETY: `matrix` borrows its elements for `'a`, and by `OfMatrix<N, M>` its shape is that
        // which `static_shape` returns.
        unsafe { view(&matrix.data, static_shape()) }
    }
}

/// A mutable view of the elements of a matrix.
///
/// ```
/// use nalgebra::Matrix2;
/// use shapewright::{TensorViewMut, array, shape};
/// let mut m = Matrix2::new(1.0, 2.0, 3.0, 4.0);
/// let mut x: TensorViewMut<f64, shape![2, 2]> = (&mut m).into();
/// x += array![10.0, 20.0];
/// assert_eq!(m, Matrix2::new(11.0, 22.0, 13.0, 24.0));
/// ```
impl<'a, T: Element, const N: usize, const M: usize, S>
    From<&'a mut Matrix<T, Const<N>, Const<M>, ArrayStorage<T, N, M>>> for TensorViewMut<'a, T, S>
where
    S: OfMatrix<N, M>,
{
    fn from(matrix: &'a mut Matrix<T, Const<N>, Const<M>, ArrayStorage<T, N, M>>) -> Self {
        // SAFETY: `matrix` is borrowed exclusively for `'a`, and by `OfMatrix<N, M>` its shape is
        // that which `static_shape` returns.
        unsafe { view_mut(&mut matrix.data, static_shape()) }
            .expect("columns one after the other are apart")
    }
}

/// A mutable view of the elements of a matrix on the heap. Lengths that are not in the types are
/// compared at run time.
///
/// ```
/// use nalgebra::DMatrix;
/// use shapewright::{ShapeError, TensorViewMut, shape};
/// let mut m = DMatrix::<f32>::zeros(2, 3);
/// TensorViewMut::<f32, shape![2, ?]>::try_from(&mut m)?.assign(0.5);
/// assert_eq!(m, DMatrix::from_element(2, 3, 0.5));
/// assert!(TensorViewMut::<f32, shape![3, ?]>::try_from(&mut m).is_err());
/// # Ok::<(), ShapeError>(())
/// ```
#[cfg(feature = "alloc")]
impl<'a, T: Element, R: Dim, C: Dim, S: FromLengths>
    TryFrom<&'a mut Matrix<T, R, C, VecStorage<T, R, C>>> for TensorViewMut<'a, T, S>
where
    VecStorage<T, R, C>: RawStorageMut<T, R, C>,
{
    type Error = ShapeError;
    /// # Errors
    /// When the matrix has other lengths than the shape.
    fn try_from(matrix: &'a mut Matrix<T, R, C, VecStorage<T, R, C>>) -> Result<Self, ShapeError> {
        let shape = shape_of(&matrix.data)?;
        // SAFETY: `matrix` is borrowed exclusively for `'a`, and `shape_of` returns its shape.
        unsafe { view_mut(&mut matrix.data, shape) }
    }
}

/// A mutable view of `nalgebra` as a `TensorViewMut` of the same elements.
///
/// ```
/// use nalgebra::Matrix3;
/// use shapewright::{ShapeError, TensorViewMut, shape};
/// let mut m = Matrix3::<f32>::zeros();
/// TensorViewMut::<f32, shape![2, 3]>::try_from(m.fixed_rows_mut::<2>(1))?.assign(1.0);
/// assert_eq!(m.sum(), 6.0);
/// # Ok::<(), ShapeError>(())
/// ```
impl<'a, T: Element, R: Dim, C: Dim, RStride: Dim, CStride: Dim, S: FromLengths>
    TryFrom<Matrix<T, R, C, ViewStorageMut<'a, T, R, C, RStride, CStride>>>
    for TensorViewMut<'a, T, S>
{
    type Error = ShapeError;
    /// # Errors
    /// When the matrix has other lengths than the shape. Also when the user of `nalgebra` chose
    /// strides by which elements of the matrix overlap, or elements along one axis lie between
    /// those along another.
    fn try_from(
        mut matrix: Matrix<T, R, C, ViewStorageMut<'a, T, R, C, RStride, CStride>>,
    ) -> Result<Self, ShapeError> {
        let shape = shape_of(&matrix.data)?;
        // SAFETY: `matrix` borrows its elements exclusively for `'a`, and `shape_of` returns its
        // shape.
        unsafe { view_mut(&mut matrix.data, shape) }
    }
}

/// An inline copy of a matrix, row by row.
///
/// ```
/// use nalgebra::Matrix2;
/// use shapewright::{Array, array, shape};
/// let x: Array<f32, shape![2, 2]> = Matrix2::new(1.0, 2.0, 3.0, 4.0).into();
/// assert_eq!(x, array![[1.0, 2.0], [3.0, 4.0]]);
/// ```
impl<T: Element, const N: usize, const M: usize, Kept, S> From<Matrix<T, Const<N>, Const<M>, Kept>>
    for Array<T, S>
where
    Kept: RawStorage<T, Const<N>, Const<M>>,
    S: OfMatrix<N, M> + StaticShape,
{
    fn from(matrix: Matrix<T, Const<N>, Const<M>, Kept>) -> Self {
        TensorView::<T, S>::from(&matrix).to_array()
    }
}

/// A copy of a matrix on the heap, row by row.
///
/// ```
/// use nalgebra::Matrix2;
/// use shapewright::{Tensor, shape, tensor};
/// let x: Tensor<f32, shape![2, 2]> = Matrix2::new(1.0, 2.0, 3.0, 4.0).into();
/// assert_eq!(x, tensor![[1.0, 2.0], [3.0, 4.0]]);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, const N: usize, const M: usize, Kept, S> From<Matrix<T, Const<N>, Const<M>, Kept>>
    for Tensor<T, S>
where
    Kept: RawStorage<T, Const<N>, Const<M>>,
    S: OfMatrix<N, M>,
{
    fn from(matrix: Matrix<T, Const<N>, Const<M>, Kept>) -> Self {
        Self::from(&matrix)
    }
}

/// A copy of a matrix on the heap, row by row.
#[cfg(feature = "alloc")]
impl<T: Element, const N: usize, const M: usize, Kept, S> From<&Matrix<T, Const<N>, Const<M>, Kept>>
    for Tensor<T, S>
where
    Kept: RawStorage<T, Const<N>, Const<M>>,
    S: OfMatrix<N, M>,
{
    fn from(matrix: &Matrix<T, Const<N>, Const<M>, Kept>) -> Self {
        TensorView::<T, S>::from(matrix).to_tensor()
    }
}

macro_rules! of_run_time_lengths {
    ($(($($length:tt)*) $rows:ty, $columns:ty, $make:literal, $shape:literal;)*) => {$(
        /// A view of the elements of a matrix. Lengths are compared at run time, and run-time
        /// lengths of the shape are taken from the matrix.
        ///
        /// ```
        /// use shapewright::{ShapeError, TensorView, prelude::*, shape};
        #[doc = concat!("let m = ", $make, ";")]
        #[doc = concat!("let x: TensorView<f64, shape![", $shape, "]> = (&m).try_into()?;")]
        /// assert_eq!(x[[1, 0]], m[(1, 0)]);
        /// # Ok::<(), ShapeError>(())
        /// ```
        impl<'a, T: Element, $($length)*, Kept: RawStorage<T, $rows, $columns>, S: FromLengths>
            TryFrom<&'a Matrix<T, $rows, $columns, Kept>> for TensorView<'a, T, S>
        {
            type Error = ShapeError;
            /// # Errors
            /// When the matrix has other lengths than the shape.
            fn try_from(matrix: &'a Matrix<T, $rows, $columns, Kept>) -> Result<Self, ShapeError> {
                // SAFETY: `matrix` is borrowed for `'a`, and `shape_of` returns its shape.
                Ok(unsafe { view(&matrix.data, shape_of(&matrix.data)?) })
            }
        }

        /// A view of `nalgebra` as a `TensorView` of the same elements. Lengths are compared at run
        /// time, and run-time lengths of the shape are taken from the matrix.
        ///
        /// # Errors
        /// When the matrix has other lengths than the shape.
        impl<'a, T: Element, $($length)*, RStride: Dim, CStride: Dim, S: FromLengths>
            TryFrom<Matrix<T, $rows, $columns, ViewStorage<'a, T, $rows, $columns, RStride, CStride>>>
            for TensorView<'a, T, S>
        {
            type Error = ShapeError;
            fn try_from(
                matrix: Matrix<T, $rows, $columns, ViewStorage<'a, T, $rows, $columns, RStride, CStride>>,
            ) -> Result<Self, ShapeError> {
                // SAFETY: `matrix` borrows its elements for `'a`, and `shape_of` returns its shape.
                Ok(unsafe { view(&matrix.data, shape_of(&matrix.data)?) })
            }
        }

        /// A copy of a matrix, row by row.
        ///
        /// ```
        /// use shapewright::{ShapeError, Tensor, prelude::*, shape};
        #[doc = concat!("let x: Tensor<f64, shape![", $shape, "]> = ", $make, ".try_into()?;")]
        /// assert_eq!(x.sum(), 21.0);
        /// # Ok::<(), ShapeError>(())
        /// ```
        #[cfg(feature = "alloc")]
        impl<T: Element, $($length)*, Kept: RawStorage<T, $rows, $columns>, S: FromLengths>
            TryFrom<Matrix<T, $rows, $columns, Kept>> for Tensor<T, S>
        {
            type Error = ShapeError;
            /// # Errors
            /// When the matrix has other lengths than the shape.
            fn try_from(matrix: Matrix<T, $rows, $columns, Kept>) -> Result<Self, ShapeError> {
                Self::try_from(&matrix)
            }
        }

        /// A copy of a matrix, row by row.
        ///
        /// # Errors
        /// When the matrix has other lengths than the shape.
        #[cfg(feature = "alloc")]
        impl<T: Element, $($length)*, Kept: RawStorage<T, $rows, $columns>, S: FromLengths>
            TryFrom<&Matrix<T, $rows, $columns, Kept>> for Tensor<T, S>
        {
            type Error = ShapeError;
            fn try_from(matrix: &Matrix<T, $rows, $columns, Kept>) -> Result<Self, ShapeError> {
                Ok(TensorView::<T, S>::try_from(matrix)?.to_tensor())
            }
        }
    )*};
}
of_run_time_lengths! {
    (C: Dim) Dyn, C, "nalgebra::DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])", "2, ?";
    (const N: usize) Const<N>, Dyn,
        "nalgebra::Matrix2xX::from_row_slice(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])", "2, 3";
}
