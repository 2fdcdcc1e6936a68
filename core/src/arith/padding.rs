//! The length of a padded axis.

use core::ops::Add;

use super::{ComputedLength, Counted, FromBits};
use crate::shape::{Dim, Dyn, Extent, RunTimeName, beyond};

/// The length of the axis with `BEFORE` elements before it and `AFTER` after it can be computed.
#[diagnostic::on_unimplemented(
    message = "the length of the padded axis `{Self}` is not computed: it is past 1024, or generic",
    label = "name the length of the result",
    note = "write `.pad_to(axis, pad, value, Dim::<5000>)`, with the length of the padded axis (`use shapewright::Dim`), which a full build verifies; generic code takes it as an argument",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Sizes\""
)]
pub trait PadsTo<const BEFORE: usize, const AFTER: usize>: Extent {
    /// The padded length. It is known at run time, without a name, if the axis is known at run
    /// time.
    type Output: Extent;
    /// `L`, the axes further out, resolved only where the padded length is computed.
    type Beyond<L>;
    /// The padded length, as a value.
    fn padded(self) -> Self::Output;
    /// `list` itself, the axes further out.
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

/// The length of a padded axis, saturated on overflow. `agreement::padded` then panics at the
/// caller's line, as the saturated number is not the sum.
#[cfg_attr(not(unoptimised), inline(always))]
fn sum(len: usize, before: usize, after: usize) -> usize {
    len.saturating_add(before).saturating_add(after)
}
