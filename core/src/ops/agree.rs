//! Checks once, for several tensors, that each name of a run-time length stands for one length.

use crate::agreement::Named;
use crate::error::ShapeError;
use crate::expr::{IntoExpr, Shaped};
use crate::shape::Tuple;

/// Checks that each named run-time length is the same in all of the given tensors, which are passed
/// as a tuple of up to eight. A server calls this once for a request; afterwards no operation on
/// these tensors panics because of a named length.
///
/// Lengths without a name, of `shape![?]`, are not compared, because nothing says which of them
/// should be equal; [`broadcast_shapes`](crate::broadcast_shapes()) compares shapes by position. An
/// operation whose caller names the lengths of the result, such as
/// [`reshape`](crate::ops::Reshaping::reshape), may still panic.
///
/// # Errors
/// If a name has two lengths; the error states the name, both lengths and both shapes.
///
/// ```
/// use shapewright::{ShapeError, Tensor, agree, dim, prelude::*, shape};
/// dim!(pub Batch);
/// fn error(y: &Tensor<f32, shape![?Batch, 10]>, target: &Tensor<f32, shape![?Batch]>) -> Result<f32, ShapeError> {
///     agree((y, target))?;
///     Ok((y.mean_axis(Axis::<1>) - target).square().mean())
/// }
/// let y = Tensor::zeros_of(shape![Batch.of(32), 10]);
/// assert!(error(&y, &Tensor::zeros_of(shape![Batch.of(32)])).is_ok());
/// let wrong = error(&y, &Tensor::zeros_of(shape![Batch.of(31)])).unwrap_err();
/// assert_eq!(wrong.to_string(), "Batch is 32 in argument 0 (32, 10), 31 in argument 1 (31,)");
/// ```
pub fn agree<T: Tuple<List: AllAgree>>(tensors: T) -> Result<(), ShapeError> {
    tensors.into_list().compare(&mut Named::new()).map(|_| ())
}

/// A list of tensors and expressions, the arguments of [`agree`].
pub trait AllAgree {
    /// Records the length of each name in `seen`, and returns the number of tensors and expressions
    /// in this list.
    ///
    /// # Errors
    /// If a name has two lengths.
    fn compare(self, seen: &mut Named) -> Result<usize, ShapeError>;
}
impl AllAgree for () {
    fn compare(self, _: &mut Named) -> Result<usize, ShapeError> {
        Ok(0)
    }
}
impl<L: AllAgree, X: IntoExpr> AllAgree for (L, X) {
    fn compare(self, seen: &mut Named) -> Result<usize, ShapeError> {
        let number = self.0.compare(seen)?;
        seen.note(number, self.1.into_expr().shape())?;
        Ok(number + 1)
    }
}
