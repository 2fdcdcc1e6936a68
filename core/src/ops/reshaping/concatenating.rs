//! Concatenation along an axis, as [`Reshaping`](super::Reshaping) calls it: the aliases for types
//! in its bounds, and the function that makes the lazy node.

use crate::agreement;
use crate::concatenation::{Concatenates, ConcatenatesSum};
use crate::expr::{Concat, Expr, IntoExpr, Lazy, Operand};
use crate::shape::{AxisArg, Carried, Extent};

/// The length of the concatenated axis in [`concat`](super::Reshaping::concat).
pub(super) type ConcatSum<Which, X, Other, How> = <<Which as AxisArg>::Kind as ConcatenatesSum<
    Which,
    <X as IntoExpr>::Shape,
    OtherShapeOf<X, Other>,
    How,
>>::Sum;
/// The type whose impl of [`Concatenates`] gives the shape of the result of
/// [`concat`](super::Reshaping::concat), where the concatenated axis has the length [`ConcatSum`].
pub(super) type ConcatTo<Which, X, Other, How> = <<Which as AxisArg>::Kind as ConcatenatesSum<
    Which,
    <X as IntoExpr>::Shape,
    OtherShapeOf<X, Other>,
    How,
>>::To;
/// The shape of the operand `Other` of an operation on `X`.
type OtherShapeOf<X, Other> = <Other as Operand<<X as IntoExpr>::Elem>>::Shape;

/// Makes the lazy node of a concatenation whose axis has the length `sum`, after comparing run-time
/// lengths.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(super) fn concatenated<Which, First: Expr, Second: Expr, How, Sum: Extent, C>(
    first: First,
    second: Second,
    sum: Sum,
) -> Lazy<Concat<First, Second, C::Output>>
where
    C: Concatenates<Which, First::Shape, Second::Shape, How, Sum>,
{
    agreement::concatenate(first.shape(), second.shape(), C::INDEX);
    let (along, after) = C::along(first.shape(), second.shape());
    agreement::sum(along, after, sum);
    let shape = C::concatenated(first.shape(), sum);
    agreement::counted(shape);
    Lazy(Concat {
        first,
        second,
        axis: C::INDEX,
        first_len: along.len(),
        shape: Carried::new(shape),
    })
}
