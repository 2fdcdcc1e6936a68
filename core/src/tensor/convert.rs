//! Conversions of slices and `Vec`s to tensors that fail if the number of elements is wrong, and
//! conversions of tensors to `Vec`s.
//!
//! Where the number of elements cannot be wrong, as for `shape![?]`, there is a `From` impl
//! (`tensor/given.rs`), from which Rust derives a `TryFrom` impl. A single `TryFrom<Vec<T>>` impl
//! for all shapes would conflict with the derived impl, so there are several here.

use alloc::vec::Vec;

use super::Tensor;
use crate::agreement;
use crate::element::Element;
use crate::error::ShapeError;
use crate::shape::{
    Dim, Dyn, Extent, FromCount, FromLengths, RunTimeName, Shape, Static, StaticExtent,
};
use crate::storage::Storage;

/// A copy of a slice of elements in row-major order, as by [`from_slice`](Tensor::from_slice).
///
/// ```
/// use shapewright::{ShapeError, Tensor, shape};
/// let samples: &[f32] = &[1.0, 2.0, 3.0, 4.0];
/// let x: Tensor<f32, shape![2, 2]> = samples.try_into()?;
/// assert_eq!(x[[1, 0]], 3.0);
/// let error: ShapeError = Tensor::<f32, shape![2, 2]>::try_from(&samples[..3]).unwrap_err();
/// assert!(error.to_string().ends_with("shape (2, 2) holds 4 elements, found 3"));
/// # Ok::<(), ShapeError>(())
/// ```
impl<T: Element, S: FromCount> TryFrom<&[T]> for Tensor<T, S> {
    type Error = ShapeError;
    /// # Errors
    /// If the shape cannot have this number of elements.
    fn try_from(elements: &[T]) -> Result<Self, ShapeError> {
        Self::from_slice(elements)
    }
}

/// The elements in row-major order, as by [`into_vec`](Tensor::into_vec), but of a tensor in any
/// storage.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let elements: Vec<i32> = tensor![[1, 2], [3, 4]].into();
/// assert_eq!(elements, [1, 2, 3, 4]);
/// ```
impl<T: Element, S: Shape, B: Storage> From<Tensor<T, S, B>> for Vec<T> {
    fn from(tensor: Tensor<T, S, B>) -> Self {
        tensor.to_vec()
    }
}

/// The rows of a matrix, each as a `Vec`.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let rows: Vec<Vec<i32>> = tensor![[1, 2], [3, 4]].into();
/// assert_eq!(rows, [[1, 2], [3, 4]]);
/// ```
impl<T: Element, Rows: Extent, Columns: Extent, B: Storage> From<Tensor<T, (Rows, Columns), B>>
    for Vec<Vec<T>>
{
    fn from(tensor: Tensor<T, (Rows, Columns), B>) -> Self {
        tensor.rows().map(|row| row.to_vec()).collect()
    }
}

/// A matrix of the rows in a `Vec`. Each row is an array, and there have to be `N` rows.
///
/// ```
/// use shapewright::{Tensor, prelude::*};
/// let x: Tensor<f32, shape![2, 3]> = vec![[1.0; 3]; 2].try_into()?;
/// let error = Tensor::<f32, shape![2, 3]>::try_from(vec![[1.0; 3]; 5]).unwrap_err();
/// assert!(error.to_string().starts_with("shape mismatch: expected (2, 3), found (5, 3)"));
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
impl<T: Element, C: StaticExtent<Size = Static<LEN>>, const N: usize, const LEN: usize>
    TryFrom<Vec<[T; LEN]>> for Tensor<T, (Dim<N>, C)>
{
    type Error = ShapeError;
    /// # Errors
    /// If there are not `N` rows.
    fn try_from(rows: Vec<[T; LEN]>) -> Result<Self, ShapeError> {
        if rows.len() != N {
            return Err(ShapeError::unlike::<(Dim<N>, C)>(&[rows.len(), LEN]));
        }
        Self::from_shape_slice((Dim::<N>, C::VALUE), rows.as_flattened())
    }
}

/// Collects rows of other tensors, one after the other: for example the rows that pass a `filter`,
/// or all rows in another order.
///
/// ```
/// use shapewright::{Tensor, prelude::*, tensor};
/// let x = tensor![[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]];
/// let positive: Tensor<f64, shape![?, 2]> = x.rows().filter(|row| row.min() > 0.0).collect();
/// assert_eq!(positive, [[3.0, 4.0]]);
/// ```
impl<T: Element, N: RunTimeName, C: StaticExtent, B: Storage> FromIterator<Tensor<T, (C,), B>>
    for Tensor<T, (Dyn<N>, C)>
{
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = Tensor<T, (C,), B>>>(rows: I) -> Self {
        let (mut count, mut elements) = (0, Vec::new());
        for row in rows {
            count += 1;
            elements.extend(row.iter());
        }
        let shape = (Dyn::named(count), C::VALUE);
        agreement::counted(shape);
        Self::copied(shape, &elements)
    }
}

/// The elements of a `Vec`, whose number has to be `N`, as by [`from_vec`](Tensor::from_vec).
///
/// For a tensor with one axis, this impl exists only if the length is a number and not a name. An
/// impl for names would conflict with the `TryFrom` that Rust derives from `From` for run-time
/// names, because Rust cannot rule out that a name with a static length is also a run-time name.
/// Use `from_vec` for a name.
///
/// ```
/// use shapewright::{Tensor, shape, tensor};
/// let x: Tensor<f32, shape![3]> = vec![1.0, 2.0, 3.0].try_into()?;
/// assert_eq!(x, tensor![1.0, 2.0, 3.0]);
/// assert!(Tensor::<f32, shape![3]>::try_from(vec![1.0, 2.0]).is_err());
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
impl<T: Element, const N: usize> TryFrom<Vec<T>> for Tensor<T, (Dim<N>,)> {
    type Error = ShapeError;
    /// # Errors
    /// If the number of elements is not `N`.
    fn try_from(elements: Vec<T>) -> Result<Self, ShapeError> {
        Self::from_vec(elements)
    }
}

macro_rules! of_vectors {
    ($(($($axis:ident)+), $shape:literal, $lengths:literal;)*) => {$(
        /// The elements of a `Vec`, which are in row-major order, as by
        /// [`from_vec`](Tensor::from_vec).
        ///
        /// ```
        /// use shapewright::{Shape, Tensor, shape};
        #[doc = concat!("let x: Tensor<i32, shape![", $shape, "]> = vec![7; 4].try_into()?;")]
        #[doc = concat!("assert_eq!(x.shape().lengths(), ", $lengths, ");")]
        /// # Ok::<(), shapewright::ShapeError>(())
        /// ```
        impl<T: Element, $($axis: Extent),+> TryFrom<Vec<T>> for Tensor<T, ($($axis),+)>
        where
            ($($axis),+): FromCount,
        {
            type Error = ShapeError;
            /// # Errors
            /// If the shape cannot have this number of elements.
            fn try_from(elements: Vec<T>) -> Result<Self, ShapeError> {
                Self::from_vec(elements)
            }
        }
    )*};
}
of_vectors! {
    (A B), "?, 2", "[2, 2]";
    (A B C), "1, 2, 2", "[1, 2, 2]";
    (A B C D), "1, 2, ?, 2", "[1, 2, 1, 2]";
}

/// A matrix of rows, which all have to be of the same length, for shapes such as `shape![?Rows, 3]`
/// and `shape![?Rows, ?Columns]`. If there are no rows, a run-time number of columns is 0.
///
/// ```
/// use shapewright::{Tensor, shape};
/// let x: Tensor<f32, shape![?, ?]> = vec![vec![1.0, 2.0], vec![3.0, 4.0]].try_into()?;
/// assert_eq!(x[[1, 0]], 3.0);
/// let error = Tensor::<f32, shape![?, ?]>::try_from(vec![vec![1.0, 2.0], vec![3.0]]).unwrap_err();
/// assert_eq!(error.to_string(), "row 1 has 1 element, row 0 has 2");
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
impl<T: Element, A: Extent, B: Extent> TryFrom<Vec<Vec<T>>> for Tensor<T, (A, B)>
where
    (A, B): FromLengths,
{
    type Error = ShapeError;
    /// # Errors
    /// If a row is not as long as the first, or the number of rows or columns is not that of the
    /// shape.
    fn try_from(rows: Vec<Vec<T>>) -> Result<Self, ShapeError> {
        let columns = match rows.first() {
            Some(row) => row.len(),
            None => B::STATIC.unwrap_or(0),
        };
        if let Some(index) = rows.iter().position(|row| row.len() != columns) {
            return Err(ShapeError::ragged(index, rows[index].len(), columns));
        }
        Self::from_shape_vec(agreement::found(&[rows.len(), columns])?, rows.concat())
    }
}
