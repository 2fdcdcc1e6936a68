//! Losses, for evaluating a network: the distance between predictions and targets.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::agreement;
#[cfg(feature = "alloc")]
use crate::axes::AxisSet;
use crate::element::Float;
#[cfg(feature = "alloc")]
use crate::element::Integer;
#[cfg(feature = "alloc")]
use crate::error::ShapeError;
#[cfg(feature = "alloc")]
use crate::expr::{Indices, Softmaxed};
use crate::expr::{IntoExpr, Lazy, Mapped, Shaped, Zipped};
use crate::ops::Reduce;
use crate::ops::kinds::{Square, Subtracted};
#[cfg(feature = "alloc")]
use crate::ops::{Evaluate, kinds::LogSoftmax};
use crate::shape::{Carried, Shape};
#[cfg(feature = "alloc")]
use crate::shape::{Dyn, Extent, One};
#[cfg(feature = "alloc")]
use crate::tensor::TensorView;

/// The mean squared error: the mean of the squared differences between predictions and targets of
/// the same shape. This is PyTorch's `mse_loss`. The result is NaN if there are no elements.
///
/// Nothing broadcasts: targets `(n, 1)` with predictions `(n,)` do not compile, whereas NumPy and
/// PyTorch would compute `(n, n)` differences.
///
/// # Panics
/// If a length is known only at run time and differs between predictions and targets.
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
pub fn mse<T, P, Y, Predictions, Targets>(predictions: P, targets: Y) -> T
where
    T: Float,
    P: IntoExpr<Elem = T, Shape = Predictions>,
    Y: IntoExpr<Elem = T, Shape = Targets>,
    Predictions: Shape,
    Targets: ComparedWith<Predictions>,
{
    let (lhs, rhs) = (predictions.into_expr(), targets.into_expr());
    agreement::broadcast(lhs.shape(), rhs.shape());
    let shape = Carried::new(lhs.shape());
    let difference = Zipped { op: Subtracted, lhs, rhs, shape, elem: PhantomData::<T> };
    Lazy(Mapped { op: Square, expr: difference }).mean()
}

/// Targets of this shape can be compared with predictions of the shape `Predictions`: the two
/// shapes are the same. `Self` is the shape of the targets, because the compiler learns this shape
/// last. The compiler then waits until both shapes are known, and reports this trait's message
/// instead of guessing.
#[diagnostic::on_unimplemented(
    message = "predictions of shape `{Predictions}` are not compared with targets of shape `{Self}`: the two have one shape",
    label = "expected targets of shape `{Predictions}`",
    note = "nothing broadcasts here: `.squeeze(axis)` drops an axis of length 1, `.expand_dims(axis)` makes one, `.rename::<shape![..]>()` gives an axis another name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ComparedWith<Predictions>: Shape {}
#[diagnostic::do_not_recommend]
impl<S: Shape> ComparedWith<S> for S {}

/// The cross entropy: the mean of the negative logarithms of the probabilities that softmax gives
/// to the right classes, for logits `(n, c)` and classes `(n,)`. This is PyTorch's `cross_entropy`.
/// The result is NaN if `n` is 0.
///
/// The result is computed as the mean of `-log_softmax(logits)[class]`, so that nothing overflows.
/// The call itself computes the result: it is not lazy.
///
/// # Errors
/// If a class is negative, or not less than the number of classes `c`.
///
/// # Panics
/// If `n` is known only at run time and differs between logits and classes.
///
/// ```
/// use shapewright::{nn::cross_entropy, prelude::*, tensor};
/// let logits = tensor![[0.0, 0.0], [1000.0, 0.0]];
/// assert_eq!(cross_entropy(&logits, &tensor![1, 0])?, 2f64.ln() / 2.0);
/// assert_eq!(
///     cross_entropy(&logits, &tensor![1, 2]).unwrap_err().to_string(),
///     "index 2 is out of range for axis -1 of length 2 of shape (2, 2)"
/// );
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
/// ```compile_fail
/// # use shapewright::{nn::cross_entropy, prelude::*, tensor};
/// let _ = cross_entropy(&tensor![[0.0, 0.0], [1000.0, 0.0]], &tensor![1, 0, 1]);
/// ```
#[cfg(feature = "alloc")]
#[doc(alias("CrossEntropyLoss", "nll_loss", "log_loss"))]
#[track_caller]
pub fn cross_entropy<T, X, K, Logits, Classes>(logits: X, classes: K) -> Result<T, ShapeError>
where
    T: Float,
    X: IntoExpr<Elem = T, Shape = Logits>,
    K: Indices<Shape = Classes>,
    Logits: Shape,
    Classes: ClassesOf<Logits>,
{
    let logits = logits.into_expr();
    let shape = logits.shape();
    let count = Classes::count(shape);
    let right = |class: K::Elem| class.number() >= 0 && class.position(count).is_some();
    if let Some(class) = classes.first_outside(right) {
        return Err(agreement::index(shape, 0, class));
    }
    let classes = classes.into_indices();
    classes.shape().agree(shape);
    let kept = PhantomData::<fn(Classes::Kept) -> Classes::Kept>;
    let logarithms =
        Lazy(Softmaxed { expr: logits, axes: AxisSet(1), form: PhantomData::<LogSoftmax>, kept })
            .to_tensor();
    let classes = Lazy(classes).to_tensor();
    let rows = logarithms.as_slice().chunks_exact(count.max(1)).zip(classes.as_slice());
    // `position` returns `Some` for every class, because `first_outside` has found no class out of
    // bounds.
    let losses = rows
        .map(|(row, class)| class.position(count).map_or(T::ZERO, |class| row[class].negated()));
    let losses: Vec<T> = losses.collect();
    let losses = TensorView::<T, (Dyn,)>::new(&losses)?;
    Ok(losses.mean())
}

/// Classes of this shape, `(n,)`, can be the targets for logits of the shape `Logits`, `(n, c)`.
#[cfg(feature = "alloc")]
#[diagnostic::on_unimplemented(
    message = "logits of shape `{Logits}` are not of classes of shape `{Self}`: they are `(n, c)` and `(n,)`",
    label = "expected one class for each row of logits",
    note = "logits have the classes as their last axis; a class is a number, not a row of zeros and a one",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait ClassesOf<Logits>: Shape {
    /// The shape of the logits with [`One`] in place of the classes.
    type Kept: Shape;
    /// The number of classes, `c`.
    fn count(logits: Logits) -> usize;
    /// Compares the length `n` of the classes with the number of rows of the logits, if the two are
    /// known only at run time.
    ///
    /// # Panics
    /// If the two numbers differ.
    fn agree(self, logits: Logits);
}
#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<N: Extent, C: Extent> ClassesOf<(N, C)> for (N,) {
    type Kept = (N, One);
    fn count(logits: (N, C)) -> usize {
        logits.1.len()
    }
    #[track_caller]
    fn agree(self, logits: (N, C)) {
        agreement::receive(self, (logits.0,));
    }
}
