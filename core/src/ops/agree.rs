//! One check at the door: that lengths of one name are the same in all of several tensors.

use crate::agreement::Named;
use crate::error::ShapeError;
use crate::expr::{IntoExpr, Shaped};
use crate::shape::Tuple;

/// Whether each length of run time is the same wherever its name stands in the shapes of several
/// tensors, given as a tuple of up to eight. A server asks this of a request, once; then no
/// operation of them panics for a name's sake.
///
/// Lengths without a name, of `shape![?]`, are not compared, as nothing says which ought to be the
/// same: [`broadcast_shapes`](crate::broadcast_shapes()) compares shapes by their places. An operation asked for a
/// result whose lengths the caller names, such as [`reshape`](crate::ops::Reshaping::reshape), may still panic.
///
/// # Errors
/// When a name has two lengths; the error names it, both lengths and both shapes.
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

/// Tensors and expressions as a list.
pub trait AllAgree {
    /// Notes the lengths of all names, and gives how many tensors there are.
    ///
    /// # Errors
    /// When a name has two lengths.
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
