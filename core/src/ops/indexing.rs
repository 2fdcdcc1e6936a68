//! Indexing by tensors of integers: `take` and `one_hot`.

use core::marker::PhantomData;

use crate::agreement;
use crate::element::{Integer, Numeric};
use crate::error::ShapeError;
use crate::expr::{Indices, IntoExpr, Lazy, OneHot, Shaped, Take};
use crate::shape::{AppendAxis, AxisArg, Carried, Length, List, Shape, SpliceAxis, Tuple};
use crate::verify;

/// The return type of [`take`](Indexing::take).
type TakenOf<X, K, Taken> = Lazy<Take<<X as IntoExpr>::Node, <K as Indices>::Node, Taken>>;

/// Indexing by tensors of integers, on tensors and lazy expressions.
pub trait Indexing: IntoExpr {
    /// Takes the elements along an axis at each of `indices`, in the order of the indices and as
    /// often as they occur. The axes of the indices replace the axis: rows of `(n, c)` taken with
    /// indices `(k,)` are `(k, c)`, and rows of an embedding table `(words, d)` taken with indices
    /// `(b, t)` are `(b, t, d)`. NumPy's `take`.
    ///
    /// The [`Indices`] are a tensor of integers, an array, a slice or a number. A negative index
    /// counts from the end, as in NumPy.
    ///
    /// The indices are checked once, by this call. A tensor is read in place; all elements of a
    /// lazy expression are computed into memory first.
    ///
    /// # Panics
    /// If an index is out of range; [`try_take`](Self::try_take) returns an error instead.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, prelude::*, shape, tensor};
    /// dim!(pub Rows);
    /// let table: Tensor<f32, shape![?Rows, 2]> = vec![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]].into();
    /// assert_eq!(table.take(Rows, [2, 0, 2]).to_tensor(), tensor![[5.0, 6.0], [1.0, 2.0], [5.0, 6.0]]);
    ///
    /// // The number of rows may be known only at run time: rows that satisfy a condition,
    /// // or shuffled batches.
    /// let large: Vec<usize> = (0..3).filter(|&i| table.row(i).sum() > 5.0).collect();
    /// assert_eq!(table.take(Rows, &large).mean_axis(Axis::<0>).to_tensor(), tensor![4.0, 5.0]);
    /// let (order, mut sum) = ([1, 0, 2], 0.0);
    /// for batch in order.chunks(2) {
    ///     sum += table.take(Rows, batch).sum();
    /// }
    /// assert_eq!(sum, 21.0);
    ///
    /// // Two sentences of three words.
    /// let sentences = tensor![[0u32, 1, 1], [2, 0, 1]];
    /// let embedded: Tensor<f32, shape![2, 3, 2]> = table.take(Axis::<0>, &sentences).to_tensor();
    /// assert_eq!(embedded[[1, 0, 1]], 6.0);
    /// ```
    #[doc(alias("gather", "index_select", "select", "embedding", "fancy indexing"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn take<K: Indices, Which: AxisArg, How, Taken: Shape>(
        self,
        axis: Which,
        indices: K,
    ) -> TakenOf<Self, K, Taken>
    where
        Which::Kind: SpliceAxis<Which, Self::Shape, K::Shape, How, Output = Taken>,
    {
        match self.try_take(axis, indices) {
            Ok(taken) => taken,
            Err(error) => agreement::refuse(&error),
        }
    }

    /// As [`take`](Self::take), for indices that may be wrong because they come from a file or a
    /// request.
    ///
    /// # Errors
    /// If an index is out of range; the error states the index, the axis, its length and the shape.
    ///
    /// # Panics
    /// If the result has more elements than memory can hold.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let x = tensor![[1, 2], [3, 4]];
    /// assert_eq!(x.try_take(Axis::<0>, [1, -2])?.to_tensor(), tensor![[3, 4], [1, 2]]);
    /// let error = x.try_take(Axis::<0>, [0, 2]).unwrap_err();
    /// assert_eq!(error.to_string(), "index 2 is out of range for axis -2 of length 2 of shape (2, 2)");
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("gather", "index_select"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn try_take<K: Indices, Which: AxisArg, How, Taken: Shape>(
        self,
        _axis: Which,
        indices: K,
    ) -> Result<TakenOf<Self, K, Taken>, ShapeError>
    where
        Which::Kind: SpliceAxis<Which, Self::Shape, K::Shape, How, Output = Taken>,
    {
        const { verify::counted::<Taken>() };
        let (expr, axis) = (self.into_expr(), Which::Kind::INDEX);
        let len = expr.shape().into_list().lens()[axis];
        if let Some(index) = indices.first_outside(|index| index.position(len).is_some()) {
            return Err(agreement::index(expr.shape(), axis, index));
        }
        let indices = indices.into_indices();
        let shape = Which::Kind::spliced(expr.shape(), indices.shape());
        agreement::counted(shape);
        Ok(Lazy(Take { expr, indices, axis, shape: Carried::new(shape) }))
    }

    /// Encodes integers as one-hot vectors with elements of type `T`, along a new last axis of
    /// length `classes`: the element at the position given by the integer is 1, and the others are
    /// 0. So classes `(n,)` become `(n, classes)`.
    ///
    /// The integers are checked once, by this call. A negative integer is not a class.
    ///
    /// # Panics
    /// If an integer is negative, or not less than the number of classes;
    /// [`try_one_hot`](Self::try_one_hot) returns an error instead.
    ///
    /// ```
    /// use shapewright::{Dim, dim, prelude::*, tensor};
    /// let classes = tensor![2u8, 0];
    /// let hot = classes.one_hot::<f32, _>(Dim::<3>).to_tensor();
    /// assert_eq!(hot, tensor![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
    ///
    /// // The number of labels of each class.
    /// dim!(pub Classes = 3);
    /// let labels = tensor![1, 2, 1, 1];
    /// assert_eq!(labels.one_hot::<usize, _>(Classes).sum_axis(Axis::<0>).to_tensor(), tensor![0, 3, 1].rename());
    /// ```
    #[doc(alias("to_categorical", "bincount"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn one_hot<T: Numeric, C: Length>(self, classes: C) -> HotOf<T, Self, C>
    where
        Self: Indices,
        ClassesShape<Self>: AppendAxis<C>,
    {
        match self.try_one_hot(classes) {
            Ok(hot) => hot,
            Err(error) => agreement::refuse(&error),
        }
    }

    /// As [`one_hot`](Self::one_hot), for integers that may be wrong because they come from a file
    /// or a request.
    ///
    /// # Errors
    /// If an integer is negative, or not less than the number of classes; the error states the
    /// integer and the number of classes.
    ///
    /// # Panics
    /// If the result has more elements than memory can hold.
    ///
    /// ```
    /// use shapewright::{Dim, prelude::*, tensor};
    /// let error = tensor![2, 3].try_one_hot::<f32, _>(Dim::<3>).unwrap_err();
    /// assert_eq!(error.to_string(), "index 3 is out of range for axis -1 of length 3 of shape (2, 3)");
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn try_one_hot<T: Numeric, C: Length>(self, classes: C) -> Result<HotOf<T, Self, C>, ShapeError>
    where
        Self: Indices,
        ClassesShape<Self>: AppendAxis<C>,
    {
        const { verify::counted::<<ClassesShape<Self> as AppendAxis<C>>::Output>() };
        let outside =
            self.first_outside(|index| index.position_from_start(classes.len()).is_some());
        let indices = self.into_indices();
        let shape = indices.shape().appended(classes);
        if let Some(index) = outside {
            return Err(agreement::index(shape, 0, index));
        }
        agreement::counted(shape);
        Ok(Lazy(OneHot { indices, shape: Carried::new(shape), element: PhantomData }))
    }
}
impl<X: IntoExpr> Indexing for X {}

/// The shape of the integers that [`one_hot`](Indexing::one_hot) encodes.
type ClassesShape<X> = <X as Indices>::Shape;
/// The return type of [`one_hot`](Indexing::one_hot).
type HotOf<T, X, C> =
    Lazy<OneHot<T, <X as Indices>::Node, <ClassesShape<X> as AppendAxis<C>>::Output>>;
