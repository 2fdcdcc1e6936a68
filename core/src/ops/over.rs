//! Applying a statistic to an operand: over some axes, which is lazy, or over all axes, which
//! returns a number at once.

use core::mem::MaybeUninit;

use crate::agreement;
use crate::axes::{AxisSet, MAX_RANK};
use crate::expr::{Folding, IntoExpr, Lazy, Reduced, Shaped, evaluate};
use crate::kernels::reduce::statistic::Statistic;
use crate::kernels::reduce::way::Everything;
use crate::read::Strides;
use crate::shape::{AxesOf, AxisArg, Carried};

/// Returns `x` as the operand of a reduction that needs at least one element, such as `max`.
///
/// # Panics
/// If an axis of `axes` has length 0, with a message that names `operation`.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn filled<X: IntoExpr>(operation: &'static str, axes: AxisSet, x: X) -> Lazy<X::Node> {
    let expr = x.into_expr();
    agreement::not_empty(operation, axes, expr.shape());
    Lazy(expr)
}

/// The lazy reduction of `x` over the axes that `Which` names.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn over_axes<R, X: IntoExpr, Which: AxisArg, How, Removed, Kept>(
    statistic: R,
    x: X,
    _: Which,
) -> Lazy<Reduced<R, X::Node, Removed, Kept>>
where
    Which::Kind: AxesOf<Which, X::Shape, How, Removed = Removed, Kept = Kept>,
{
    let expr = x.into_expr();
    let shape = expr.shape();
    let axes = Which::Kind::AXES;
    let (removed, kept) =
        (Carried::new(Which::Kind::removed(shape)), Carried::new(Which::Kind::kept(shape)));
    Lazy(Reduced { statistic, expr, axes, shape: removed, kept })
}

/// The reduction of `x` over all of its axes, computed at once.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn over_all<R: Statistic<X::Elem>, X: IntoExpr>(statistic: R, x: X) -> R::Output {
    let expr = x.into_expr();
    let mut result = MaybeUninit::uninit();
    let to = Strides { at: result.as_mut_ptr(), strides: [0; MAX_RANK] };
    // SAFETY: all strides of `to` are 0, so `to` reaches `result` at every index. All axes are
    // reduced, so there is one result, and nothing else uses `result` meanwhile.
    evaluate(unsafe {
        Folding::<_, _, Everything<X::Shape>, _>::new(statistic, &expr, AxisSet::ALL, to)
    });
    // SAFETY: the evaluation has written `result`: no axis is kept, so there is one result even if
    // there are no elements.
    unsafe { result.assume_init() }
}
