//! Losses, for evaluation: how far predictions are from what was to be predicted.

use core::marker::PhantomData;

use crate::agreement;
use crate::element::Float;
use crate::expr::{IntoExpr, Lazy, Mapped, Shaped, Zipped};
use crate::ops::Reduce;
use crate::ops::kinds::{Square, Subtracted};
use crate::shape::{Carried, Shape};

/// The mean of the squared differences between predictions and targets, which have one shape: the
/// mean squared error, PyTorch's `mse_loss`. NaN of nothing.
///
/// Nothing broadcasts: targets `(n, 1)` for predictions `(n,)`, of which NumPy and PyTorch make
/// `(n, n)` differences, do not compile.
///
/// # Panics
/// Where lengths of run time differ.
///
/// ```
/// use shapewright::{nn::mse, prelude::*, tensor};
/// assert_eq!(mse(&tensor![1.0, 2.0], &tensor![3.0, 2.0]), 2.0);
/// ```
/// ```compile_fail
/// # use shapewright::{nn::mse, prelude::*, tensor};
/// let _ = mse(&tensor![1.0, 2.0], &tensor![[3.0], [2.0]]);
/// ```
#[doc(alias("mse_loss", "MSELoss", "mean_squared_error"))]
#[track_caller]
pub fn mse<T, P, Y>(predictions: P, targets: Y) -> T
where
    T: Float,
    P: IntoExpr<Elem = T>,
    Y: IntoExpr<Elem = T>,
    P::Shape: ComparedWith<Y::Shape>,
{
    let (lhs, rhs) = (predictions.into_expr(), targets.into_expr());
    agreement::broadcast(lhs.shape(), rhs.shape());
    let shape = Carried::new(lhs.shape());
    let difference = Zipped { op: Subtracted, lhs, rhs, shape, elem: PhantomData::<T> };
    Lazy(Mapped { op: Square, expr: difference }).mean()
}

/// Predictions of this shape are compared with targets of the shape `Targets`, which is the same.
#[diagnostic::on_unimplemented(
    message = "predictions of shape `{Self}` are not compared with targets of shape `{Targets}`: the two have one shape",
    label = "expected targets of shape `{Self}`",
    note = "nothing broadcasts here: `.squeeze(axis)` drops an axis of length 1, `.expand_dims(axis)` makes one, `.rename::<shape![..]>()` gives an axis another name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ComparedWith<Targets>: Shape {}
#[diagnostic::do_not_recommend]
impl<S: Shape> ComparedWith<S> for S {}
