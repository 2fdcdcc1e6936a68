//! The data that linear layers take: the last axis is that of the features, and any axes may come
//! before it.
//!
//! The type of the last axis is `In`, the features of the layer. If `In` is `Dim<1>`, the last axis
//! may also be [`One`].
//!
//! The list of axes is checked in two steps:
//!
//! 1. [`EndsIn`]: the list is not empty. If it is empty, the error is the message of
//!    [`TakesNoAxis`].
//! 2. [`LinearAxis`]: the last axis is `In`. The axes of the result are the type `Beyond<..>` of
//!    this trait. If the last axis is not `In`, the compiler cannot resolve that type, and no
//!    further error follows.

use crate::shape::{
    Dim, Extent, KnownAxes, KnownListOf, Length, ListOf, ListTuple, One, Shape, TupleOf, beyond,
};

/// `Self`, the last axis of the shape `S`, is the features `In` that a linear layer takes. If `In`
/// is `Dim<1>`, `Self` may also be [`One`].
#[diagnostic::on_unimplemented(
    message = "Linear over `{In}` cannot take `{S}`: the last axis is {Self}, not {In}",
    label = "expected data whose last axis is {In}",
    note = "the features are the last axis: `.flatten_from(Axis::<1>)` makes one of all behind the first, `.permute_dims(..)` moves another axis there, `.rename::<shape![..]>()` gives it another name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait LinearAxis<In, S>: Extent {
    /// Always `List`, the axes of the result. But the compiler can resolve this type only if the
    /// axis fits, so that a mistake is reported once.
    type Beyond<List>;
    /// Returns `list`, as a value of the type `Beyond<List>`.
    fn beyond<List>(list: List) -> Self::Beyond<List>;
}
#[diagnostic::do_not_recommend]
impl<In: Length, S> LinearAxis<In, S> for In {
    beyond!();
}
#[diagnostic::do_not_recommend]
impl<S> LinearAxis<Dim<1>, S> for One {
    beyond!();
}

/// Exists only for its error message, for a shape `S` without axes. Nothing implements this trait.
#[diagnostic::on_unimplemented(
    message = "Linear over `{In}` cannot take `{S}`: it has no axis",
    label = "expected data whose last axis is {In}",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait TakesNoAxis<In, S> {
    /// Never used, as nothing implements the trait.
    type Output;
    /// Never used, as nothing implements the trait.
    fn output() -> Self::Output;
}

/// `Self`, the list of the axes of `S`, ends in the features `In`, which a linear layer replaces by
/// `Out`.
pub trait EndsIn<In, Out, S> {
    /// The list with `Out` in place of the features.
    type Output;
    /// The list with `out` in place of the features, as a value.
    fn replaced(self, out: Out) -> Self::Output;
    /// The number of features.
    fn features(&self) -> usize;
}
impl<In, Out, S> EndsIn<In, Out, S> for ()
where
    (): TakesNoAxis<In, S>,
{
    type Output = <() as TakesNoAxis<In, S>>::Output;
    fn replaced(self, _: Out) -> Self::Output {
        <() as TakesNoAxis<In, S>>::output()
    }
    fn features(&self) -> usize {
        0
    }
}
impl<L, A: LinearAxis<In, S>, In, Out, S> EndsIn<In, Out, S> for (L, A) {
    type Output = A::Beyond<(L, Out)>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced(self, out: Out) -> Self::Output {
        A::beyond((self.0, out))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn features(&self) -> usize {
        self.1.len()
    }
}

/// Data of this shape, `(.., in)`, can be passed to a linear layer from `In` features to `Out`.
pub trait LinearData<In, Out>: Shape {
    /// The shape of the result: `(.., out)`.
    type Output: Shape;
    /// The shape of the result, as a value.
    fn output(self, out: Out) -> <Self as LinearData<In, Out>>::Output;
    /// The number of features of the data.
    fn features(self) -> usize;
}
impl<S: Shape, In: Length, Out: Length> LinearData<In, Out> for S
where
    ListOf<S>: KnownAxes<S>,
    KnownListOf<S>: EndsIn<In, Out, S, Output: ListTuple>,
{
    type Output = TupleOf<<KnownListOf<S> as EndsIn<In, Out, S>>::Output>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn output(self, out: Out) -> <Self as LinearData<In, Out>>::Output {
        self.into_list().known().replaced(out).into_tuple()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn features(self) -> usize {
        EndsIn::<In, Out, S>::features(&self.into_list().known())
    }
}
