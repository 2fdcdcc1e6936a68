//! Parts by indices that are elements of a tensor.

use crate::agreement;
use crate::element::Integer;
use crate::error::ShapeError;
use crate::expr::{Indices, IntoExpr, Lazy, Shaped, Take};
use crate::shape::{AxisArg, Carried, List, Shape, SpliceAxis, Tuple};
use crate::verify;

/// What a call that takes indices returns.
type TakenOf<X, K, Taken> = Lazy<Take<<X as IntoExpr>::Node, <K as Indices>::Node, Taken>>;

/// Parts by indices that are elements of a tensor, on tensors and lazy expressions.
pub trait Indexing: IntoExpr {
    /// What is along an axis at each of `indices`, in their order and as often as they name it: the
    /// axis becomes those of the indices. So rows of `(n, c)` by indices `(k,)` are `(k, c)`, and
    /// rows of a table of words `(words, d)` by `(b, t)` are `(b, t, d)`, an embedding. NumPy's `take`.
    ///
    /// [`Indices`] are a tensor of integers, an array, a slice or a number. A negative one counts from
    /// the end, as in NumPy.
    ///
    /// The indices are checked here, once. A tensor is read where it is; a lazy expression is computed
    /// as a whole first.
    ///
    /// # Panics
    /// Where an index is out of range; [`try_take`](Self::try_take) returns an error.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, prelude::*, shape, tensor};
    /// dim!(pub Rows);
    /// let table: Tensor<f32, shape![?Rows, 2]> = vec![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]].into();
    /// assert_eq!(table.take(Rows, [2, 0, 2]).to_tensor(), tensor![[5.0, 6.0], [1.0, 2.0], [5.0, 6.0]]);
    ///
    /// // Rows that are asked for by a condition, and batches in an order of chance, are so many as the run says.
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

    /// As [`take`](Self::take), where the indices may be wrong: what a file or a request says.
    ///
    /// # Errors
    /// When an index is out of range; the error names it, the axis, its length and the shape.
    ///
    /// # Panics
    /// Where the result has more elements than memory can hold.
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
        if let Some(index) = indices.first_outside(|index| index.place(len).is_some()) {
            return Err(agreement::index(expr.shape(), axis, index));
        }
        let indices = indices.into_indices();
        let shape = Which::Kind::spliced(expr.shape(), indices.shape());
        agreement::counted(shape);
        Ok(Lazy(Take { expr, indices, axis, shape: Carried::new(shape) }))
    }
}
impl<X: IntoExpr> Indexing for X {}
