//! The length of a padded axis.

use core::ops::Add;

use super::{ComputedLength, Counted, FromBits};
use crate::shape::{Dim, Dyn, Extent, RunTimeName, beyond};

/// The length of this axis with `BEFORE` elements before its start and `AFTER` elements after its
/// end can be computed.
#[diagnostic::on_unimplemented(
    message = "the length of the padded axis `{Self}` is not computed: it is past 1024, or generic",
    label = "name the length of the result",
    note = "write `.pad_to(axis, pad, value, Dim::<5000>)`, with the length of the padded axis (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait PadsTo<const BEFORE: usize, const AFTER: usize>: Extent {
    /// The padded length. If the axis is a run-time length, the padded length is a run-time length
    /// without a name.
    type Output: Extent;
    /// Always `L`, the list of the axes before this axis, but the compiler can resolve this type
    /// only if the padded length can be computed. Otherwise the compiler checks nothing that
    /// depends on this type, and reports one error.
    type Beyond<L>;
    /// The padded length, as a value.
    fn padded(self) -> Self::Output;
    /// `list`, as a value of the type `Beyond<L>`.
    fn beyond<L>(list: L) -> Self::Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<A: Counted, const BEFORE: usize, const AFTER: usize> PadsTo<BEFORE, AFTER> for A
where
    Dim<BEFORE>: Counted,
    Dim<AFTER>: Counted,
    A::Bits: Add<
            WidthBits<BEFORE>,
            Output: Add<WidthBits<AFTER>, Output: FromBits<Length: ComputedLength>>,
        >,
{
    type Output = <PaddedSum<A, BEFORE, AFTER> as FromBits>::Length;
    type Beyond<L> = <<PaddedSum<A, BEFORE, AFTER> as FromBits>::Length as ComputedLength>::Then<L>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn beyond<L>(list: L) -> Self::Beyond<L> {
        <<PaddedSum<A, BEFORE, AFTER> as FromBits>::Length as ComputedLength>::then(list)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(self) -> Self::Output {
        PaddedSum::<A, BEFORE, AFTER>::length(sum(self.len(), BEFORE, AFTER))
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName, const BEFORE: usize, const AFTER: usize> PadsTo<BEFORE, AFTER> for Dyn<N> {
    type Output = Dyn;
    beyond!();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn padded(self) -> Dyn {
        Dyn::of(sum(self.len(), BEFORE, AFTER))
    }
}
type WidthBits<const N: usize> = <Dim<N> as Counted>::Bits;
type PaddedSum<A, const BEFORE: usize, const AFTER: usize> =
    <<<A as Counted>::Bits as Add<WidthBits<BEFORE>>>::Output as Add<WidthBits<AFTER>>>::Output;

/// The sum `len + before + after`, or `usize::MAX` if it overflows. `agreement::padded` compares
/// the result with the true sum afterwards: after an overflow it panics, and the message shows the
/// caller's line.
#[cfg_attr(not(unoptimised), inline(always))]
fn sum(len: usize, before: usize, after: usize) -> usize {
    len.saturating_add(before).saturating_add(after)
}
