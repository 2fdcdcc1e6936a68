//! Shapes: tuples of axes for the user, nested lists for the type system.
//!
//! A shape is a plain tuple such as `(Dim<1000>, Dim<256>)`, as a type and as a value. Traits
//! cannot recurse over tuples, so each tuple has a nested list, whose outermost pair holds the
//! *last* axis: the list of `(A, B)` is `(((), A), B)`. The last axis is outermost because
//! broadcasting aligns shapes at the right; the other relations of shapes go through the axes in
//! the same order. Each relation is a few impls for lists, which a reader can check line by line.
//! The macro `ranks!` in `ranks.rs` writes the impls for tuples, one for each rank.
//!
//! Every axis matches itself, [`One`] included, so every shape broadcasts with itself. Every shape
//! also broadcasts with `()`, the shape of a number. These two relations are supertraits of
//! [`Shape`], so that the bound `S: Shape` is enough for code over tensors of one shape.

use core::any::TypeId;
use core::fmt::Debug;

use crate::axes::{AxisKind, AxisSet, MAX_RANK, PerAxis};
use crate::message::too_many;
use crate::read::{Apart, Steps};

mod argument;
mod arrange;
mod carried;
mod deferred;
mod dim;
mod given;
mod instance;
mod lanes;
mod list;
mod naming;
mod nested;
mod new_axes;
mod one_axis;
mod pad;
mod position;
mod ranks;
mod renaming;
mod row_major;
pub(crate) use row_major::static_strides;
mod span;
mod splice;
mod stretching;
mod whole;
mod window;

pub use argument::{Axis, AxisArg, kind};
pub use arrange::{PermuteDims, SqueezeAxis};
pub use carried::{Carried, Invariant};
pub(crate) use deferred::{beyond, then};
pub(crate) use dim::IsStatic;
pub use dim::{
    Dim, Dyn, Extent, KnownSize, Length, NamedLength, Nameless, NamesAxis, One, RenamesSize,
    RunTime, RunTimeName, Size, Static, StaticExtent, StaticLength, name_and_length,
};
pub use given::{FromCount, FromLengths, GivenExtent, axis};
pub use instance::{Instance, Own, Shared};
pub(crate) use lanes::{Beside, is_one_lane, lane_axis, lane_len};
pub use naming::{
    AxesOf, ByEnd, ByName, ByStart, FindAxes, FindAxis, FindListed, Further, Gone, Impossible,
    Marked, ReplaceAxis,
};
pub use nested::{AllLongAs, NestedArray};
pub use new_axes::{AppendAxis, ExpandDims, FewEnough, NewAxis};
pub use one_axis::{
    AlignAxis, MatricesShape, MatrixShape, NarrowAxis, RemoveAxis, SquareShape, VectorShape,
};
pub use pad::Pad;
pub use position::{FromEnd, Last, NextOf, Outward, Rank, Ranked};
pub use renaming::Renames;
pub use span::Span;
pub use splice::SpliceAxis;
pub use stretching::{No, Stretches, Truth, Yes};
pub use whole::{Broadcast, Broadcast3, BroadcastTo, Receives, Strict};
pub use window::Window;

/// A shape: a tuple of up to eight axes, as a type and as a value. The value is zero-sized if every
/// axis is static.
///
/// The trait is sealed: only tuples implement it. The macro [`shape!`](crate::shape!) writes a
/// shape.
///
/// Code that is generic over a whole shape, of any rank, needs no bound but `S: Shape`: tensors of
/// one shape broadcast with each other and with numbers, and can be assigned to each other.
///
/// ```
/// use shapewright::{Shape, Tensor, prelude::*, tensor};
/// fn step<S: Shape>(weights: &mut Tensor<f32, S>, gradient: &Tensor<f32, S>, rate: f32) {
///     *weights -= gradient * rate;
/// }
/// let mut weights = tensor![[1.0f32, 2.0]];
/// step(&mut weights, &tensor![[10.0f32, 20.0]], 0.1);
/// assert_eq!(weights, tensor![[0.0, 0.0]]);
/// ```
///
/// ```
/// use shapewright::{Shape, shape};
/// assert_eq!(shape![1000, 256].lengths().as_ref(), &[1000, 256]);
/// assert_eq!(core::mem::size_of::<shape![1000, 256]>(), 0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape: a shape is a tuple of at most eight axes, each `Dim<3>`, `One`, `N: Length`, a name with a length, or `?Name` for one without",
    label = "not a tuple of at most eight axes",
    note = "a name declared without a length, by `dim!(pub Batch)`, is written `?Batch`: `shape![?Batch, 784]`, and one with a length without `?`; a number `n` of run time is `Batch.of(n)`, or `Dyn::of(n)`",
    note = "write a shape as `shape![1000, 256]`, not `(1000, 256)`, or as the type `(Dim<1000>, Dim<256>)`; a shape of one axis is `(Dim<3>,)`; a generic axis needs `N: Length`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait Shape:
    Tuple<List: ListTuple<Tuple = Self>>
    + Broadcast<(), Output = Self>
    + Broadcast<Self, Output = Self>
    + Broadcast3<(), (), Output = Self>
    + Broadcast3<Self, (), Output = Self>
    + Broadcast3<(), Self, Output = Self>
    + Broadcast3<Self, Self, Output = Self>
    + Receives<()>
    + Receives<Self>
    + Copy
    + Debug
    + Send
    + Sync
    + 'static
{
    /// The number of axes.
    const RANK: usize = <Self::List as List>::RANK;
    /// The number of elements, if all lengths are static. It is a compile error if the product of
    /// the nonzero lengths exceeds `isize::MAX`, even if another length is 0.
    const STATIC_LEN: Option<usize> = static_len(<Self::List as List>::KINDS);
    /// The shape as a value, if all lengths are known at compile time.
    #[doc(hidden)]
    const KNOWN: Option<Self> = None;
    /// The lengths as an array `[usize; RANK]`.
    type Lengths: Copy + Debug + AsRef<[usize]> + AsMut<[usize]> + PartialEq + Eq;
    /// The strides in elements as an array `[isize; RANK]`, first axis first.
    type Strides: Copy + Debug + AsRef<[isize]> + Apart;
    /// The index of the first element: all zeros.
    const FIRST: Self::Lengths;
    /// The lengths, first axis first.
    fn lengths(self) -> Self::Lengths;
}

/// A [`Shape`] whose lengths are all known at compile time: the bound for code that is generic over
/// a whole static shape `S`. Code that is generic over the lengths `N` and `C` gives each length
/// the bound `StaticLength` instead, because a bound on the tuple `(N, C)` would hide the axes of
/// the tuple from the compiler.
///
/// ```
/// use shapewright::{StaticShape, shape};
/// assert_eq!(<shape![3, 4] as StaticShape>::LEN, 12);
/// ```
#[diagnostic::on_unimplemented(
    message = "the lengths of shape `{Self}` are not all known at compile time",
    label = "needs a shape that is known at compile time",
    note = "in generic code ask for `N: StaticLength` instead of `N: Length`; a bound on the whole shape, such as `(N, C): StaticShape`, would hide its axes",
    note = "with a length that is known at run time write `Tensor::zeros_of(shape![Batch.of(n), 784])`, or `zeros_of(x.shape())`, and `full_of`, `from_fn_of`; an inline array has none: `.to_tensor()`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait StaticShape: FromCount {
    /// The shape as a value.
    const VALUE: Self;
    /// The number of elements.
    const LEN: usize = match Self::STATIC_LEN {
        Some(len) => len,
        None => panic!("a static shape has a static length"),
    };
}

/// A shape of `R` axes, whose indices are `[usize; R]`.
#[diagnostic::on_unimplemented(
    message = "shape `{Self}` is not indexed by `[usize; {R}]`",
    label = "an index has a number for each axis, not `[usize; {R}]`",
    note = "where the shape is a parameter as a whole, `S: StaticShape`, write `Tensor::from_fn_of(S::VALUE, |index| ..)` or `Array::<f32, S>::from_fn_any_rank(|index| ..)`: the numbers are `index.as_ref()`"
)]
pub trait IndexedBy<const R: usize>: Shape<Lengths = [usize; R]> {}

/// A tuple of up to eight elements, which has a list. The tuple is a shape, or it holds the axes
/// that a call names.
pub trait Tuple {
    /// The list of the tuple: `(((), A), B)` for `(A, B)`.
    type List;
    /// The tuple's values as a list.
    fn into_list(self) -> Self::List;
}

/// A shape as a nested list, whose outermost pair holds the last axis: `(((), A), B)` for the shape
/// `(A, B)`. Relations between shapes recurse over lists.
pub trait List: Copy + Debug + Send + Sync + 'static {
    /// The number of axes.
    const RANK: usize;
    /// The kind of each axis, last axis first.
    const KINDS: PerAxis<AxisKind>;
    /// The name of each axis, last axis first; `None` for an axis without a name.
    const NAMES: PerAxis<Option<&'static str>>;
    /// The list as a value, if all lengths are known at compile time.
    const KNOWN: Option<Self>;
    /// The nested arrays of a shape with this list and the element type `T`: `[[T; 3]; 2]` for 2
    /// rows of 3.
    type Array<T: Copy>: Copy;
    /// Whether an operand with this list stretches in a result with the list `Out`. The operand
    /// stretches if, along some axis, `Out` has a length while this list has [`One`] or no axis.
    type StretchesTo<Out: List>: Truth;
    /// The converse of `StretchesTo`: whether the list `(Rest, A)` stretches to this list.
    /// `IsLength` says whether the axis `A` is a length, and not [`One`].
    type IsStretchedTo<Rest: List, IsLength: Truth>: Truth;
    /// Whether at least one axis is a length, and not [`One`].
    type HasLength: Truth;
    /// Whether all lengths are known at compile time.
    type IsStatic: Truth;
    /// The lengths, last axis first. Entries past the rank are 1.
    fn lens(self) -> PerAxis<usize>;
    /// Calls `body` for each index, in row-major order, with `position` moved on by that index.
    /// Axes in `skipped` and axes of [`One`] keep the index 0. This list may be the outer part of
    /// the list of a whole shape: `axis` is the number that this list's last axis has in that shape
    /// (0 is the last axis of the shape). The loops are nested, so no index is kept in memory.
    fn each_place<P: Steps + Copy>(
        self,
        position: P,
        axis: usize,
        skipped: AxisSet,
        body: impl FnMut(P),
    );
    /// The type id of the name of each run-time length, last axis first, so that two axes can be
    /// compared by name; `None` for an axis without a name or with a static length.
    fn ids() -> PerAxis<Option<TypeId>>;
    /// The list whose axes have these `lengths`, first axis first; `None` if an axis cannot have
    /// its length. There must be one length for each axis.
    fn of_lengths(lengths: &[usize]) -> Option<Self>;
    /// The list with the lengths `lens` (last axis first) along the axes whose length is known at
    /// run time. Static axes stay as they are.
    #[cfg(feature = "rayon")]
    fn with_lens(self, lens: PerAxis<usize>) -> Self;
}

/// The shape `S` with these `lengths`, first axis first. `None` if their number is not the rank, or
/// if the length of a static axis differs.
pub(crate) fn of_lengths<S: Shape>(lengths: &[usize]) -> Option<S> {
    if lengths.len() == S::RANK {
        <ListOf<S>>::of_lengths(lengths).map(ListTuple::into_tuple)
    } else {
        None
    }
}

/// A list of at most eight axes, so that there is a tuple of the same axes.
#[diagnostic::on_unimplemented(
    message = "a shape has at most 8 axes, and this would have more",
    label = "more than 8 axes"
)]
pub trait ListTuple: List {
    /// The tuple of the same axes: `(A, B)` for `(((), A), B)`.
    type Tuple: Shape<List = Self>;
    /// The list's values as a tuple.
    fn into_tuple(self) -> Self::Tuple;
    /// The tuple with each length replaced by a run-time length without a name. [`One`] stays as it
    /// is.
    type Erased: Shape;
    /// The tuple with each length replaced by a run-time length without a name. [`One`] stays as it
    /// is.
    fn erased(self) -> Self::Erased;
}

/// The shape of a list.
pub type TupleOf<L> = <L as ListTuple>::Tuple;
/// The list of a shape.
pub type ListOf<S> = <S as Tuple>::List;

/// Implemented for the list of the shape `S` if the compiler knows the axes of `S`.
///
/// The axes are unknown if the shape is a type parameter. They are also unknown if a `where` clause
/// bounds the tuple as a whole, as in `(N, C): StaticShape`: then the compiler knows only this
/// bound of the tuple, and can prove no relation of the tuple's list. Relations of axes and of two
/// shapes require `KnownAxes` first, so that the message of this trait is reported. `JoinList`, the
/// relation of operators, has a message of its own instead, because one more bound at each operator
/// would take time to compile.
#[diagnostic::on_unimplemented(
    message = "the axes of shape `{S}` are not known here",
    label = "a bound on the whole of `{S}` hides its axes",
    note = "ask for the lengths: `N: StaticLength, C: StaticLength` instead of `where (N, C): StaticShape`, and `fn f<N: Length, C: Length>(x: &Tensor<f32, (N, C)>)` instead of `fn f<S: Shape>(x: &Tensor<f32, S>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Whole shapes\""
)]
pub trait KnownAxes<S> {
    /// The list of `S`, which is `Self`.
    type List;
    /// Always `X`, but the compiler can resolve this type only if the axes of `S` are known. If
    /// not, the compiler reports one error, and checks nothing that depends on this type.
    type Then<X>;
    /// `self`, as a value of the type `List`.
    fn known(self) -> Self::List;
    /// `x`, as a value of the type `Then<X>`.
    fn then<X>(x: X) -> Self::Then<X>;
}
#[diagnostic::do_not_recommend]
impl<S> KnownAxes<S> for () {
    type List = ();
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn known(self) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
#[diagnostic::do_not_recommend]
impl<L, A, S> KnownAxes<S> for (L, A) {
    type List = (L, A);
    type Then<X> = X;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn known(self) -> (L, A) {
        self
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn then<X>(x: X) -> X {
        x
    }
}
/// The list of a shape whose axes are known.
pub type KnownListOf<S> = <ListOf<S> as KnownAxes<S>>::List;
/// Always the list of `S`, but the compiler can resolve this type only if the axes of `First` are
/// known; so a mistake in `First` is reported once.
pub type ListAfter<First, S> = <ListOf<First> as KnownAxes<First>>::Then<ListOf<S>>;
/// The list of `S`. The compiler can resolve this type only if the axes of `First` and of `S` are
/// known.
pub type KnownListAfter<First, S> = <ListAfter<First, S> as KnownAxes<S>>::List;

/// The number of elements of a shape with axes of these `kinds`, if all lengths are static. It is a
/// compile error if the product of the nonzero lengths exceeds `isize::MAX`.
const fn static_len(kinds: PerAxis<AxisKind>) -> Option<usize> {
    let (mut lens, mut k) = ([1; MAX_RANK], 0);
    while k < MAX_RANK {
        match kinds[k] {
            AxisKind::Absent | AxisKind::Stretching => {}
            AxisKind::Length(None) => return None,
            AxisKind::Length(Some(len)) => lens[k] = len,
        }
        k += 1;
    }
    match crate::axes::element_count(&lens, isize::MAX as usize) {
        Some(count) => Some(count),
        None => too_many(kinds),
    }
}

/// The lengths of the list `L`, last axis first, if all are static. Entries past the rank are 1.
const fn static_lens<L: List>() -> Option<PerAxis<usize>> {
    let (mut lens, mut k) = ([1; MAX_RANK], 0);
    while k < L::RANK {
        match L::KINDS[k].known() {
            Some(len) => lens[k] = len,
            None => return None,
        }
        k += 1;
    }
    Some(lens)
}

/// The number of elements of `shape`: a constant if all lengths are static.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn element_count<S: Shape>(shape: S) -> usize {
    match S::STATIC_LEN {
        Some(len) => len,
        None => crate::axes::element_count(&shape.into_list().lens(), usize::MAX).unwrap_or_else(
            #[cold]
            || panic!("the number of elements of shape {:?} overflows", shape.lengths()),
        ),
    }
}
