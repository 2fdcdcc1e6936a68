//! Making tensors and views with run-time lengths: of a shape that is given as a value, or whose
//! lengths follow from the elements.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::{Tensor, TensorView, TensorViewMut};
use crate::agreement;
use crate::element::Element;
#[cfg(feature = "alloc")]
use crate::element::Numeric;
use crate::error::ShapeError;
use crate::layout::dense_strides;
use crate::shape::Shape;
#[cfg(feature = "alloc")]
use crate::shape::{Dyn, RunTimeName, Static, StaticExtent};
#[cfg(feature = "alloc")]
use crate::storage::HeapBuffer;
use crate::storage::{ForeignBuffer, ForeignMutBuffer};

/// Returns an error unless `shape` has `found` elements.
fn check_count<S: Shape>(shape: S, found: usize) -> Result<(), ShapeError> {
    if agreement::checked(shape)? == found {
        Ok(())
    } else {
        Err(ShapeError::count(shape.lengths().as_ref(), found))
    }
}

/// Making a tensor of a shape that is given as a value and may have run-time lengths. The number of
/// elements is checked before anything is allocated.
#[cfg(feature = "alloc")]
impl<T: Element, S: Shape> Tensor<T, S> {
    /// A tensor of the shape `shape` in which every element is 0, or `false`. If the system
    /// provides zeroed memory, the memory is not touched.
    ///
    /// # Panics
    /// If memory cannot hold the elements.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, shape};
    /// dim!(pub Rows);
    /// let x = Tensor::<f32, _>::zeros_of(shape![Rows.of(5), 3]);
    /// assert_eq!(x.sum_axis(Rows).to_tensor(), Tensor::zeros());
    /// # use shapewright::prelude::*;
    /// ```
    #[doc(alias("zeros_like"))]
    #[track_caller]
    pub fn zeros_of(shape: S) -> Self {
        agreement::allocated::<T, S>(shape);
        Tensor { buffer: HeapBuffer::zeroed(crate::shape::element_count(shape)), shape }
    }

    /// A tensor of the shape `shape` in which every element is 1.
    ///
    /// # Panics
    /// If memory cannot hold the elements.
    ///
    /// ```
    /// use shapewright::{Dyn, Tensor, prelude::*, shape};
    /// assert_eq!(Tensor::<f32, _>::ones_of(shape![Dyn::of(5), 3]).sum(), 15.0);
    /// ```
    #[doc(alias("ones_like"))]
    #[track_caller]
    pub fn ones_of(shape: S) -> Self
    where
        T: Numeric,
    {
        Self::full_of(shape, T::ONE)
    }

    /// A tensor of the shape `shape` in which every element is `value`.
    ///
    /// # Panics
    /// If memory cannot hold the elements.
    ///
    /// ```
    /// use shapewright::{Dyn, Tensor, prelude::*, shape};
    /// assert_eq!(Tensor::full_of(shape![Dyn::of(4)], 2.5).sum(), 10.0);
    /// ```
    #[doc(alias("full_like", "from_elem", "from_element"))]
    #[track_caller]
    pub fn full_of(shape: S, value: T) -> Self {
        agreement::allocated::<T, S>(shape);
        Self::filled(shape, value)
    }

    /// A tensor of the shape `shape` with the elements `value(index)`, computed in row-major order.
    ///
    /// # Panics
    /// If memory cannot hold the elements.
    ///
    /// ```
    /// use shapewright::{Dyn, Tensor, shape};
    /// let x = Tensor::from_fn_of(shape![Dyn::of(2), 3], |[i, j]| 10 * i + j);
    /// assert_eq!(x.as_slice(), [0, 1, 2, 10, 11, 12]);
    /// ```
    #[doc(alias("from_shape_fn", "fromfunction"))]
    #[track_caller]
    pub fn from_fn_of(shape: S, value: impl FnMut(S::Lengths) -> T) -> Self {
        agreement::allocated::<T, S>(shape);
        // SAFETY: `fill` writes every element.
        unsafe { Tensor::write_heap(shape, |slots| super::create::fill(slots, shape, value)) }
    }

    /// A tensor of the shape `shape` with a copy of `elements`, which are in row-major order.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, shape};
    /// dim!(pub Rows, pub Columns);
    /// let x = Tensor::from_shape_slice(shape![Rows.of(2), Columns.of(3)], &[1, 2, 3, 4, 5, 6])?;
    /// assert_eq!(x[[1, 0]], 4);
    /// let error = Tensor::from_shape_slice(shape![Rows.of(2), Columns.of(4)], &[1, 2, 3]).unwrap_err();
    /// assert_eq!(error.to_string(), "wrong number of elements: shape (2, 4) holds 8 elements, found 3");
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    pub fn from_shape_slice(shape: S, elements: &[T]) -> Result<Self, ShapeError> {
        check_count(shape, elements.len())?;
        Ok(Self::copied(shape, elements))
    }

    /// A tensor of the shape `shape` with the elements of a `Vec`, which are in row-major order.
    /// They are copied, into memory that is aligned to 64 bytes.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, shape};
    /// dim!(pub Rows, pub Columns);
    /// let x = Tensor::from_shape_vec(shape![Rows.of(2), Columns.of(2)], vec![1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(x[[1, 1]], 4.0);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    pub fn from_shape_vec(shape: S, elements: Vec<T>) -> Result<Self, ShapeError> {
        Self::from_shape_slice(shape, &elements)
    }
}

/// A matrix of the rows in a `Vec`, which are arrays, for shapes such as `shape![?Rows, 3]`. There
/// is no error to return, because the types say how long a row is.
///
/// ```
/// use shapewright::{Tensor, dim, shape};
/// dim!(pub Rows);
/// let x: Tensor<f32, shape![?Rows, 3]> = vec![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].into();
/// assert_eq!(x[[1, 0]], 4.0);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, N: RunTimeName, C: StaticExtent<Size = Static<LEN>>, const LEN: usize>
    From<Vec<[T; LEN]>> for Tensor<T, (Dyn<N>, C)>
{
    /// # Panics
    /// If there are more than `isize::MAX` rows, each without columns: a shape cannot have so many.
    #[track_caller]
    fn from(rows: Vec<[T; LEN]>) -> Self {
        let shape = (Dyn::named(rows.len()), C::VALUE);
        agreement::counted(shape);
        Self::copied(shape, rows.as_flattened())
    }
}

/// A matrix of the rows that an iterator returns, each of which is an array, for shapes such as
/// `shape![?Rows, 3]`. The rows may be read from a file, for example.
///
/// ```
/// use shapewright::{Tensor, dim, shape};
/// dim!(pub Rows);
/// let x: Tensor<f32, shape![?Rows, 2]> = (0..3).map(|i| [i as f32, 1.0]).collect();
/// assert_eq!(x.as_slice(), [0.0, 1.0, 1.0, 1.0, 2.0, 1.0]);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, N: RunTimeName, C: StaticExtent<Size = Static<LEN>>, const LEN: usize>
    FromIterator<[T; LEN]> for Tensor<T, (Dyn<N>, C)>
{
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = [T; LEN]>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<_>>().into()
    }
}

/// The elements of a `Vec`, for shapes such as `shape![?Samples]`.
///
/// ```
/// use shapewright::{Tensor, prelude::*, shape};
/// let x: Tensor<f32, shape![?]> = vec![1.0, 2.0, 3.0].into();
/// assert_eq!(x.mean(), 2.0);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, N: RunTimeName> From<Vec<T>> for Tensor<T, (Dyn<N>,)> {
    fn from(elements: Vec<T>) -> Self {
        Self::copied((Dyn::named(elements.len()),), &elements)
    }
}

/// The elements of an iterator, for shapes such as `shape![?Samples]`.
///
/// ```
/// use shapewright::{Tensor, shape};
/// let squares: Tensor<u32, shape![?]> = (1..4).map(|i| i * i).collect();
/// assert_eq!(squares.as_slice(), [1, 4, 9]);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, N: RunTimeName> FromIterator<T> for Tensor<T, (Dyn<N>,)> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        elements.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a, T: Element, S: Shape> TensorView<'a, T, S> {
    /// A view of `elements`, which are in row-major order, with a shape that is given as a value.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Dyn, TensorView, prelude::*, shape};
    /// let samples = [1.0, 2.0, 3.0, 4.0];
    /// let view = TensorView::from_shape(shape![Dyn::of(2), Dyn::of(2)], &samples)?;
    /// assert_eq!(view.sum_axis(Axis::<0>).to_tensor().as_slice(), [4.0, 6.0]);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    pub fn from_shape(shape: S, elements: &'a [T]) -> Result<Self, ShapeError> {
        check_count(shape, elements.len())?;
        // SAFETY: the slice has as many elements as the row-major strides reach, and is borrowed
        // for `'a`.
        let buffer = unsafe { ForeignBuffer::new(elements.as_ptr(), dense_strides(shape)) };
        Ok(Tensor { buffer, shape })
    }
}

impl<'a, T: Element, S: Shape> TensorViewMut<'a, T, S> {
    /// A mutable view of `elements`, which are in row-major order, with a shape that is given as a
    /// value.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Dyn, TensorViewMut, shape};
    /// let mut samples = [1.0, 2.0, 3.0, 4.0];
    /// TensorViewMut::from_shape(shape![Dyn::of(2), 2], &mut samples)?.assign(0.5);
    /// assert_eq!(samples, [0.5; 4]);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    pub fn from_shape(shape: S, elements: &'a mut [T]) -> Result<Self, ShapeError> {
        check_count(shape, elements.len())?;
        // SAFETY: the slice has as many elements as the row-major strides reach, and is borrowed
        // exclusively for `'a`.
        let buffer = unsafe { ForeignMutBuffer::new(elements.as_mut_ptr(), dense_strides(shape)) };
        Ok(Tensor { buffer, shape })
    }
}
