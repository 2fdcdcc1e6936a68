//! The broadcasting rule: two axes match if they are the same type, or if one of them is [`One`].
//!
//! 1. `truth_table!` is the whole rule for one pair of axes, in three impls. The impls do not
//!    overlap, because within this crate the compiler knows that `One` does not implement
//!    [`Length`]. The macro repeats the impls for three traits, [`JoinFirst`], [`JoinShorter`] and
//!    [`JoinInner`], because the fix that an error suggests depends on where the pair is in its two
//!    shapes.
//! 2. [`JoinList`] aligns two lists of axes at the right and applies the table to each pair, from
//!    the last axis to the first. It computes which sides stretch, as a [`Side`]. If both sides
//!    stretch, the result is [`BothSides`], which is not an error yet.
//! 3. [`AdmittedBy`] says whether a [`Mode`] accepts the sides: [`Strict`] refuses [`BothSides`],
//!    and [`Free`], the mode of `.stretch()`, accepts all.
//! 4. [`Broadcast`] is the relation of two shapes that operators require. `three.rs` has the
//!    relation of three operands. If one operand has the shape of the result, both modes accept the
//!    operands. Otherwise only [`Free`] does, and the result has the shape that all three broadcast
//!    to.
//!
//! Since the impls hold for every `D: Length`, generic code needs no `where` bounds for
//! broadcasting. The parameters `Left`, `Right` and `AXIS` are for error messages only. The
//! associated types `Then<X>` and `Beyond<L>` are always `X` and `L` themselves, but the compiler
//! can resolve them only where a relation holds; `shape/deferred.rs` explains why, and why there
//! are so many traits.

use crate::shape::{
    Extent, FromEnd, Last, Length, ListOf, ListTuple, NextOf, One, Outward, Shape, TupleOf, then,
};

mod product;
mod receive;
mod solve;
mod three;

pub use crate::shape::{Broadcast, Broadcast3, BroadcastTo, Strict};
pub use product::{MatMul, MatMulList};
pub use receive::{FitsList, NoAxis, TakesAxis};
pub use solve::{RhsList, SolvedBy};

// ---- one pair of axes: the truth table ----------------------------------------------------------

/// Defines the relation of one pair of axes, as one trait for each place that the pair can have in
/// its two shapes. `$place` is the name of the trait. The traits differ only in the first note of
/// their error, `$note`.
macro_rules! pair_of_axes {
    ($($(#[$doc:meta])* $place:ident: $note:literal)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = "cannot broadcast `{Left}` with `{Right}`: axis {AXIS} is {Self} on the left, {Rhs} on the right",
            label = "axis {AXIS}: `{Self}` does not match `{Rhs}`",
            note = $note,
            note = "more in the docs: `shapewright::reading_a_shape_error`, \"Broadcasting\""
        )]
        pub trait $place<Rhs, Left, Right, const AXIS: isize> {
            /// The axis of the result.
            type Output: Extent;
            /// The side that stretches: [`Neither`], [`LeftSide`] or [`RightSide`].
            type Stretched: Side;
            /// Always `X`. The compiler can resolve this only where the two axes match, so a
            /// mismatch is reported once, and not again for what is done with the result.
            type Then<X>;
            /// The axis of the result, as a value.
            fn join(self, rhs: Rhs) -> Self::Output;
            /// `x` itself, with the type `Then<X>`.
            fn then<X>(x: X) -> Self::Then<X>;
        }
    )*};
}
pair_of_axes! {
    /// Two axes match. Each is the first axis of its shape.
    JoinFirst: "two axes match when they are the same, or one is `One`; a name matches itself alone, and no generic parameter that is called the same: `.rename::<shape![..]>()` gives an axis another one, and `.try_with_shape::<shape![..]>()?` one of run time a static length"
    /// Two axes match. One is the first axis of its shape, and the other shape has more axes before
    /// the matching axis: most often the shapes are those of a vector and a matrix.
    JoinShorter: "two axes match when they are the same, or one is `One`, and a name matches itself alone: align a vector with another axis than the last by `v.along(&x, axis)`; a statistic keeps its axis by `.keepdims()`, or is taken along the other one"
    /// Two axes match, and both shapes have more axes before them.
    JoinInner: "two axes match when they are the same, or one is `One`, and a name matches itself alone: a matrix is turned by `.t()`, and an axis that is missing in between is made by `.expand_dims(axis)`"
}

/// The truth table: the three ways in which two axes match, one in each impl. Each trait in
/// `$place` gets the same three impls.
macro_rules! truth_table {
    ($($place:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<A: Extent, Left, Right, const AXIS: isize> $place<A, Left, Right, AXIS> for A {
            type Output = A;
            type Stretched = Neither;
            matched!();
            #[cfg_attr(not(unoptimised), inline(always))]
            fn join(self, _: A) -> A {
                self
            }
        }
        #[diagnostic::do_not_recommend]
        impl<D: Length, Left, Right, const AXIS: isize> $place<One, Left, Right, AXIS> for D {
            type Output = D;
            type Stretched = RightSide;
            matched!();
            #[cfg_attr(not(unoptimised), inline(always))]
            fn join(self, _: One) -> D {
                self
            }
        }
        #[diagnostic::do_not_recommend]
        impl<D: Length, Left, Right, const AXIS: isize> $place<D, Left, Right, AXIS> for One {
            type Output = D;
            type Stretched = LeftSide;
            matched!();
            #[cfg_attr(not(unoptimised), inline(always))]
            fn join(self, rhs: D) -> D {
                rhs
            }
        }
    )*};
}
macro_rules! matched {
    () => {
        type Then<X> = X;
        #[cfg_attr(not(unoptimised), inline(always))]
        fn then<X>(x: X) -> X {
            x
        }
    };
}
truth_table! { JoinFirst JoinShorter JoinInner }

// ---- which sides stretch ------------------------------------------------------------------------

/// Neither side stretches.
#[derive(Debug)]
pub struct Neither;
/// The left side stretches.
#[derive(Debug)]
pub struct LeftSide;
/// The right side stretches.
#[derive(Debug)]
pub struct RightSide;
/// Each side stretches along some axis.
#[derive(Debug)]
pub struct BothSides;

/// Which sides of a broadcast stretch: [`Neither`], [`LeftSide`], [`RightSide`] or [`BothSides`].
pub trait Side {
    /// The sides that stretch in `Self` or in `Other`.
    type And<Other: Side>: Side;
    /// The sides that `Self` says stretch, and the left side.
    type AndLeft: Side;
    /// The sides that `Self` says stretch, and the right side.
    type AndRight: Side;
}
impl Side for Neither {
    type And<Other: Side> = Other;
    type AndLeft = LeftSide;
    type AndRight = RightSide;
}
impl Side for LeftSide {
    type And<Other: Side> = Other::AndLeft;
    type AndLeft = LeftSide;
    type AndRight = BothSides;
}
impl Side for RightSide {
    type And<Other: Side> = Other::AndRight;
    type AndLeft = BothSides;
    type AndRight = RightSide;
}
impl Side for BothSides {
    type And<Other: Side> = BothSides;
    type AndLeft = BothSides;
    type AndRight = BothSides;
}

/// The mode `M` lets the sides `Self` stretch. [`Strict`] lets at most one side stretch, so that
/// the result has the shape of an operand; [`Free`] lets both.
pub trait AdmittedBy<M, Left, Right> {
    /// Always `S`, the shape of the result. The compiler can resolve this only where the mode lets
    /// the sides stretch, so a refusal is reported once, and not again for what is done with the
    /// result.
    type Then<S: Shape>: Shape;
    /// `shape` itself, with the type `Then<S>`.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for Neither {
    then!();
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for LeftSide {
    then!();
}
impl<M, Left, Right> AdmittedBy<M, Left, Right> for RightSide {
    then!();
}
impl<M: StretchesBoth<Left, Right>, Left, Right> AdmittedBy<M, Left, Right> for BothSides {
    type Then<S: Shape> = M::Then<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<S: Shape>(shape: S) -> M::Then<S> {
        M::then(shape)
    }
}

/// A mode that lets both sides stretch: [`Free`].
#[diagnostic::on_unimplemented(
    message = "`{Left}` with `{Right}` would stretch both operands: the result has the shape of neither",
    label = "both operands would stretch",
    note = "`(n,)` with `(n, 1)` gives `(n, n)`: for every pair write `a.stretch()`; if that is not meant, a column becomes a vector by `.squeeze(Axis::<-1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Both operands stretch\""
)]
pub trait StretchesBoth<Left, Right> {
    /// Always `S`, the shape of the result. The compiler can resolve this only where the mode lets
    /// the sides stretch, so a refusal is reported once, and not again for what is done with the
    /// result.
    type Then<S: Shape>: Shape;
    /// `shape` itself, with the type `Then<S>`.
    fn then<S: Shape>(shape: S) -> Self::Then<S>;
}
#[diagnostic::do_not_recommend]
impl<Left, Right> StretchesBoth<Left, Right> for Free {
    then!();
}

// ---- two lists: alignment at the right ----------------------------------------------------------

/// The axes of two lists, aligned at the right, match in pairs. A missing axis counts as `One`, so
/// the side with fewer axes stretches. `P` is the position of the last axes of the two lists.
///
/// `Self` is the right list, so that the compiler waits while the type of the right operand is not
/// inferred yet, and does not pick an impl too early. Any two lists whose axes are known have an
/// impl, so the message below is shown only for lists whose axes are not known. Other relations
/// have that message on a bound of their own, `KnownAxes`; here `KnownAxes` would be one more bound
/// at each operator, which takes time to compile.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{Left}` with `{Right}`: the axes of one of them are not known here",
    label = "a bound on a whole shape hides its axes",
    note = "ask for the lengths, `N: StaticLength, C: StaticLength` instead of `where (N, C): StaticShape`; code over any shape, `S: Shape`, combines tensors of that shape with each other and with numbers",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Whole shapes\""
)]
pub trait JoinList<Lhs, Left, Right, P> {
    /// The list of the result.
    type Output;
    /// The sides that stretch.
    type Sides: Side;
    /// Always `X`. The compiler can resolve this only where the lists match, so a mismatch is
    /// reported once, and not again for what is done with the result.
    type Then<X>;
    /// The list of the result, as a value.
    fn join(self, lhs: Lhs) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<Left, Right, P> JoinList<(), Left, Right, P> for () {
    type Output = ();
    type Sides = Neither;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, (): ()) {}
}
#[diagnostic::do_not_recommend]
impl<L, A, Left, Right, P> JoinList<(L, A), Left, Right, P> for () {
    type Output = (L, A);
    type Sides = RightSide;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: (L, A)) -> (L, A) {
        lhs
    }
}
#[diagnostic::do_not_recommend]
impl<R, B, Left, Right, P> JoinList<(), Left, Right, P> for (R, B) {
    type Output = (R, B);
    type Sides = LeftSide;
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, (): ()) -> (R, B) {
        self
    }
}
impl<A, B, Left, Right, const I: isize> JoinList<((), A), Left, Right, FromEnd<I>> for ((), B)
where
    A: JoinFirst<B, Left, Right, I>,
{
    type Output = ((), A::Output);
    type Sides = A::Stretched;
    type Then<X> = A::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: ((), A)) -> Self::Output {
        ((), lhs.1.join(self.1))
    }
}
impl<L, A1, A, B, Left, Right, const I: isize> JoinList<((L, A1), A), Left, Right, FromEnd<I>>
    for ((), B)
where
    A: JoinShorter<B, Left, Right, I>,
{
    type Output = ((L, A1), A::Output);
    type Sides = <A::Stretched as Side>::AndRight;
    type Then<X> = A::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: ((L, A1), A)) -> Self::Output {
        (lhs.0, lhs.1.join(self.1))
    }
}
impl<A, R, B1, B, Left, Right, const I: isize> JoinList<((), A), Left, Right, FromEnd<I>>
    for ((R, B1), B)
where
    A: JoinShorter<B, Left, Right, I>,
{
    type Output = ((R, B1), A::Output);
    type Sides = <A::Stretched as Side>::AndLeft;
    type Then<X> = A::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: ((), A)) -> Self::Output {
        (self.0, lhs.1.join(self.1))
    }
}
impl<L, A1, A, R, B1, B, Left, Right, const I: isize>
    JoinList<((L, A1), A), Left, Right, FromEnd<I>> for ((R, B1), B)
where
    FromEnd<I>: Outward,
    A: JoinInner<B, Left, Right, I>,
    A::Then<(R, B1)>: JoinList<(L, A1), Left, Right, NextOf<I>>,
{
    type Output =
        (<A::Then<(R, B1)> as JoinList<(L, A1), Left, Right, NextOf<I>>>::Output, A::Output);
    type Sides = <A::Stretched as Side>::And<
        <A::Then<(R, B1)> as JoinList<(L, A1), Left, Right, NextOf<I>>>::Sides,
    >;
    type Then<X> = <A::Then<(R, B1)> as JoinList<(L, A1), Left, Right, NextOf<I>>>::Then<X>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn join(self, lhs: ((L, A1), A)) -> Self::Output {
        (A::then(self.0).join(lhs.0), lhs.1.join(self.1))
    }
}

// ---- two shapes ---------------------------------------------------------------------------------

/// The mode of NumPy's full rule: both operands may stretch.
#[derive(Debug)]
pub struct Free;

/// The mode of a broadcast, which says which sides may stretch: [`Strict`] or [`Free`].
pub trait Mode {
    /// [`Free`] if `Self` or `Other` is [`Free`], otherwise [`Strict`].
    type Or<Other: Mode>: Mode;
    /// Whether the result may be larger than every operand.
    const GROWS: bool;
}
impl Mode for Strict {
    type Or<Other: Mode> = Other;
    const GROWS: bool = false;
}
impl Mode for Free {
    type Or<Other: Mode> = Free;
    const GROWS: bool = true;
}

/// The list of the shape that `Left` and `Right` broadcast to.
type JoinedOf<Left, Right> = <ListOf<Right> as JoinList<ListOf<Left>, Left, Right, Last>>::Output;
/// The sides that stretch when `Left` and `Right` broadcast.
type SidesOf<Left, Right> = <ListOf<Right> as JoinList<ListOf<Left>, Left, Right, Last>>::Sides;

impl<Left: Shape, Right: Shape, M> Broadcast<Right, M> for Left
where
    ListOf<Right>: JoinList<ListOf<Left>, Left, Right, Last, Output: ListTuple>,
    SidesOf<Left, Right>: AdmittedBy<M, Left, Right>,
{
    type Output =
        <SidesOf<Left, Right> as AdmittedBy<M, Left, Right>>::Then<TupleOf<JoinedOf<Left, Right>>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn broadcast(self, rhs: Right) -> Self::Output {
        SidesOf::<Left, Right>::then(rhs.into_list().join(self.into_list()).into_tuple())
    }
}

/// The shape that two shapes broadcast to.
///
/// ```
/// use shapewright::{BroadcastOf, Shape, shape};
/// type Out = BroadcastOf<shape![1000, 256], shape![256]>;
/// let _: Out = shape![1000, 256];
/// ```
pub type BroadcastOf<Lhs, Rhs, M = Strict> = <Lhs as Broadcast<Rhs, M>>::Output;
