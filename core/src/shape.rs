//! Shapes: tuples of axes outside, lists inside.
//!
//! A shape is a plain tuple such as `(Dim<1000>, Dim<256>)`, as a type and as a value. Tuples cannot be recursed over, so
//! each maps to a nested list with its *last* axis outermost, `(((), A), B)`: broadcasting aligns at the right, and
//! so do all relations on lists. `ranks!` below is the only place that enumerates ranks.

use core::any::TypeId;
use core::fmt::Debug;

use self::position::Succ;
use crate::axes::{AxisKind, AxisSet, MAX_RANK, PerAxis, pushed};
use crate::element::Element;
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
mod naming;
mod nested;
mod new_axes;
mod one_axis;
mod pad;
mod position;
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
    Dim, Dyn, Extent, KnownSize, Length, NamedLength, Nameless, NamesAxis, One, RunTime,
    RunTimeName, Size, Static, StaticExtent, StaticLength, name_and_length,
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

/// A shape: a tuple of up to eight axes, as type and as value; zero-sized where every axis is static.
///
/// Sealed: the tuples implement it. [`shape!`](crate::shape!) writes one.
///
/// Code that is generic over a whole shape, of any rank, asks for `S: Shape` alone: tensors of one shape broadcast with each other and with
/// numbers, and are assigned to each other.
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
    message = "`{Self}` is not a shape",
    label = "expected a tuple of at most eight axes",
    note = "write a shape as `shape![1000, 256]`, not `(1000, 256)`, or as the type `(Dim<1000>, Dim<256>)`; a shape of one axis is `(Dim<3>,)`; a generic axis needs `N: Length`; a name declared without a length, by `dim!(pub Batch)`, is written `?Batch`: `shape![?Batch, 784]`, and one with a length without `?`; a number `n` of run time is `Batch.of(n)`, or `Dyn::of(n)`"
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
    /// The number of elements, where it is static. Overflow is a compile error, even beside a length of 0.
    const STATIC_LEN: Option<usize> = static_len(<Self::List as List>::KINDS);
    /// The shape as a value, where all lengths are known at compile time.
    #[doc(hidden)]
    const KNOWN: Option<Self> = None;
    /// The lengths as an array `[usize; RANK]`.
    type Lengths: Copy + Debug + AsRef<[usize]> + AsMut<[usize]> + PartialEq + Eq;
    /// Strides in elements, first axis first, as an array `[isize; RANK]`.
    type Strides: Copy + Debug + AsRef<[isize]> + Apart;
    /// The index of the first element: zeros.
    const FIRST: Self::Lengths;
    /// The lengths, first axis first.
    fn lengths(self) -> Self::Lengths;
}

/// A [`Shape`] whose lengths are all known at compile time: a bound for code over any such shape
/// `S`. Code that is generic over lengths asks for `N: StaticLength` of each, as a bound on the
/// tuple `(N, C)` would hide its axes from the compiler.
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

/// A shape of `R` axes: an index of it is `[usize; R]`.
#[diagnostic::on_unimplemented(
    message = "shape `{Self}` is not indexed by `[usize; {R}]`",
    label = "an index has a number for each axis, not `[usize; {R}]`",
    note = "where the shape is a parameter as a whole, `S: StaticShape`, write `Tensor::from_fn_of(S::VALUE, |index| ..)` or `Array::<f32, S>::from_fn_any_rank(|index| ..)`: the numbers are `index.as_ref()`"
)]
pub trait IndexedBy<const R: usize>: Shape<Lengths = [usize; R]> {}

/// Any tuple of up to eight things, as a list: shapes, and the axes that a call names.
pub trait Tuple {
    /// `(((), A), B)` for `(A, B)`.
    type List;
    /// The tuple's values as a list.
    fn into_list(self) -> Self::List;
}

/// A shape as a list, last axis outermost: what relations between shapes recurse over.
pub trait List: Copy + Debug + Send + Sync + 'static {
    /// The number of axes.
    const RANK: usize;
    /// What stands at each axis, from the last.
    const KINDS: PerAxis<AxisKind>;
    /// The names of the axes, from the last, where they have any.
    const NAMES: PerAxis<Option<&'static str>>;
    /// The list as a value, where all lengths are known at compile time.
    const KNOWN: Option<Self>;
    /// `T` for every element, as nested arrays.
    type Array<T: Copy>: Copy;
    /// Whether it stretches to `Out`: it has no length along an axis where `Out` has one.
    type StretchesTo<Out: List>: Truth;
    /// Whether a list of `Rest` and a last axis, which is a length or not, stretches to this one.
    type IsStretchedTo<Rest: List, IsLength: Truth>: Truth;
    /// Whether there is a length.
    type HasLength: Truth;
    /// Whether all lengths are known at compile time.
    type IsStatic: Truth;
    /// The lengths from the last axis, 1 past the rank.
    fn lens(self) -> PerAxis<usize>;
    /// Calls `body` at each place along the lengths that are not in `skipped`, in row-major order, from
    /// `position` on; `axis` is the last of the list, counted from the shape's last. Loops in each
    /// other: there is no index in memory.
    fn each_place<P: Steps + Copy>(
        self,
        position: P,
        axis: usize,
        skipped: AxisSet,
        body: impl FnMut(P),
    );
    /// What tells the names of lengths of run time from each other, from the last axis.
    fn ids() -> PerAxis<Option<TypeId>>;
    /// The list of these lengths, given from the first axis, if it can have them; there are as many.
    fn of_lengths(lengths: &[usize]) -> Option<Self>;
    /// The list with other lengths, of the axes that have them as values.
    #[cfg(feature = "rayon")]
    fn with_lens(self, lens: PerAxis<usize>) -> Self;
}

impl List for () {
    const RANK: usize = 0;
    const KINDS: PerAxis<AxisKind> = [AxisKind::Absent; MAX_RANK];
    const NAMES: PerAxis<Option<&'static str>> = [None; MAX_RANK];
    const KNOWN: Option<Self> = Some(());
    type Array<T: Copy> = T;
    type StretchesTo<Out: List> = Out::HasLength;
    type IsStretchedTo<Rest: List, IsLength: Truth> = No;
    type HasLength = No;
    type IsStatic = Yes;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn lens(self) -> PerAxis<usize> {
        [1; MAX_RANK]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each_place<P: Steps + Copy>(
        self,
        position: P,
        _: usize,
        _: AxisSet,
        mut body: impl FnMut(P),
    ) {
        body(position);
    }
    fn ids() -> PerAxis<Option<TypeId>> {
        [None; MAX_RANK]
    }
    fn of_lengths(_: &[usize]) -> Option<Self> {
        Some(())
    }
    #[cfg(feature = "rayon")]
    fn with_lens(self, _: PerAxis<usize>) -> Self {
        self
    }
}

impl<L: List, A: Extent> List for (L, A) {
    const RANK: usize = L::RANK + 1;
    const KINDS: PerAxis<AxisKind> = pushed(
        L::KINDS,
        if A::STRETCHES { AxisKind::Stretching } else { AxisKind::Length(A::STATIC) },
    );
    const NAMES: PerAxis<Option<&'static str>> = pushed(L::NAMES, A::NAME);
    const KNOWN: Option<Self> = match (L::KNOWN, dim::known::<A>()) {
        (Some(outer), Some(last)) => Some((outer, last)),
        _ => None,
    };
    type Array<T: Copy> = L::Array<<A::Size as Size>::Array<T>>;
    type StretchesTo<Out: List> = Out::IsStretchedTo<L, A::IsLength>;
    type IsStretchedTo<Rest: List, IsLength: Truth> =
        <<<IsLength as Truth>::Not as Truth>::And<A::IsLength> as Truth>::Or<Rest::StretchesTo<L>>;
    type HasLength = <A::IsLength as Truth>::Or<L::HasLength>;
    type IsStatic = <IsStatic<A> as Truth>::And<L::IsStatic>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn lens(self) -> PerAxis<usize> {
        match const { static_lens::<Self>() } {
            Some(lens) => lens,
            None => pushed(self.0.lens(), self.1.len()),
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each_place<P: Steps + Copy>(
        self,
        position: P,
        axis: usize,
        skipped: AxisSet,
        mut body: impl FnMut(P),
    ) {
        let (outer, last) = self;
        if const { A::STRETCHES } || skipped.contains(axis) {
            return outer.each_place(position, axis + 1, skipped, body);
        }
        let len = last.len();
        outer.each_place(
            position,
            axis + 1,
            skipped,
            #[cfg_attr(not(unoptimised), inline(always))]
            |mut position: P| {
                let mut k = 0;
                while k < len {
                    body(position);
                    position.step(axis, 1);
                    k += 1;
                }
            },
        );
    }
    fn ids() -> PerAxis<Option<TypeId>> {
        pushed(L::ids(), dim::id::<A>())
    }
    fn of_lengths(lengths: &[usize]) -> Option<Self> {
        let (last, outer) = lengths.split_last()?;
        Some((L::of_lengths(outer)?, dim::of_len(*last)?))
    }
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_lens(self, lens: PerAxis<usize>) -> Self {
        let mut outer = [1; MAX_RANK];
        outer[..MAX_RANK - 1].copy_from_slice(&lens[1..]);
        (self.0.with_lens(outer), dim::with_len(self.1, lens[0]))
    }
}

/// The shape of these lengths, if it can have them: its lengths of run time are any.
pub(crate) fn of_lengths<S: Shape>(lengths: &[usize]) -> Option<S> {
    if lengths.len() == S::RANK {
        <ListOf<S>>::of_lengths(lengths).map(ListTuple::into_tuple)
    } else {
        None
    }
}

/// A list of at most eight axes, which has a tuple.
#[diagnostic::on_unimplemented(
    message = "a shape has at most 8 axes, and this would have more",
    label = "more than 8 axes"
)]
pub trait ListTuple: List {
    /// `(A, B)` for `(((), A), B)`.
    type Tuple: Shape<List = Self>;
    /// The list's values as a tuple.
    fn into_tuple(self) -> Self::Tuple;
    /// The tuple with its lengths as values.
    type Erased: Shape;
    /// The tuple with its lengths as values.
    fn erased(self) -> Self::Erased;
}

/// The shape of a list.
pub type TupleOf<L> = <L as ListTuple>::Tuple;
/// The list of a shape.
pub type ListOf<S> = <S as Tuple>::List;

/// The list of the shape `S` is spelled out, and not only known to be one.
///
/// It is not of a shape that is a type parameter, nor of a tuple that a where clause has a bound
/// on: of what a bound is on, the compiler knows what the bound says and nothing more.
#[diagnostic::on_unimplemented(
    message = "the axes of shape `{S}` are not known here",
    label = "a bound on the whole of `{S}` hides its axes",
    note = "ask for the lengths: `N: StaticLength, C: StaticLength` instead of `where (N, C): StaticShape`, and `fn f<N: Length, C: Length>(x: &Tensor<f32, (N, C)>)` instead of `fn f<S: Shape>(x: &Tensor<f32, S>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Whole shapes\""
)]
pub trait KnownAxes<S> {
    /// The list.
    type List;
    /// `X`, which is looked at only where the list is known.
    type Then<X>;
    /// The list, as a value.
    fn known(self) -> Self::List;
    /// `X`, as a value.
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
/// The list of a shape, where it is spelled out.
pub type KnownListOf<S> = <ListOf<S> as KnownAxes<S>>::List;
/// The list of `S`, which is looked at only where that of `First` is known.
pub type ListAfter<First, S> = <ListOf<First> as KnownAxes<First>>::Then<ListOf<S>>;
/// The list of `S`, where it and that of `First` are spelled out.
pub type KnownListAfter<First, S> = <ListAfter<First, S> as KnownAxes<S>>::List;

const fn static_len(kinds: PerAxis<AxisKind>) -> Option<usize> {
    let (mut product, mut empty, mut k) = (1usize, false, 0);
    while k < MAX_RANK {
        match kinds[k] {
            AxisKind::Absent | AxisKind::Stretching => {}
            AxisKind::Length(None) => return None,
            AxisKind::Length(Some(0)) => empty = true,
            AxisKind::Length(Some(len)) => match product.checked_mul(len) {
                Some(larger) if larger <= isize::MAX as usize => product = larger,
                _ => too_many(kinds),
            },
        }
        k += 1;
    }
    Some(if empty { 0 } else { product })
}

/// The lengths of a list from the last axis, 1 past the rank, where all are static.
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

/// The number of elements of shape `shape`: constant where the shape is static.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn element_count<S: Shape>(shape: S) -> usize {
    match S::STATIC_LEN {
        Some(len) => len,
        None => {
            let lens = shape.into_list().lens();
            let product = lens.iter().try_fold(1usize, |n, &len| n.checked_mul(len.max(1)));
            let product = product.unwrap_or_else(
                #[cold]
                || panic!("the number of elements of shape {:?} overflows", shape.lengths()),
            );
            if lens.contains(&0) { 0 } else { product }
        }
    }
}

macro_rules! ranks {
    ($($rank:literal, $list:ty, [$($axis:ident $len:ident)*];)*) => {$(
        impl<$($axis),*> Tuple for ($($axis,)*) {
            type List = $list;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[allow(clippy::unused_unit, reason = "for rank 0 the list is `()`")]
            fn into_list(self) -> $list {
                #[allow(non_snake_case)]
                let ($($axis,)*) = self;
                ranks!(@value () $($axis)*)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($axis),*> AxisArg for ($($axis,)*) {
            type Kind = kind::Several;
        }
        #[diagnostic::do_not_recommend]
        impl<$($axis: Extent),*> Shape for ($($axis,)*) {
            type Lengths = [usize; $rank];
            type Strides = [isize; $rank];
            const FIRST: [usize; $rank] = [0; $rank];
            #[allow(non_snake_case)]
            const KNOWN: Option<Self> = match <$list as List>::KNOWN {
                Some(ranks!(@value () $($axis)*)) => Some(($($axis,)*)),
                None => None,
            };
            #[cfg_attr(not(unoptimised), inline(always))]
            fn lengths(self) -> [usize; $rank] {
                #[allow(non_snake_case)]
                let ($($axis,)*) = self;
                [$($axis.len()),*]
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($axis: Extent),*> IndexedBy<$rank> for ($($axis,)*) {}
        #[diagnostic::do_not_recommend]
        impl<$($axis: GivenExtent),*> FromLengths for ($($axis,)*) {
            #[inline]
            fn from_lengths(lengths: [usize; $rank]) -> Option<Self> {
                of_lengths(&lengths)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($axis: StaticExtent),*> StaticShape for ($($axis,)*) {
            const VALUE: Self = ($($axis::VALUE,)*);
        }
        #[diagnostic::do_not_recommend]
        impl<$($axis: Extent),*> ListTuple for $list {
            type Tuple = ($($axis,)*);
            #[cfg_attr(not(unoptimised), inline(always))]
            #[allow(clippy::unused_unit, reason = "for rank 0 the tuple is `()`")]
            fn into_tuple(self) -> ($($axis,)*) {
                #[allow(non_snake_case)]
                let ranks!(@value () $($axis)*) = self;
                ($($axis,)*)
            }
            type Erased = ($(dim::Erased<$axis>,)*);
            #[cfg_attr(not(unoptimised), inline(always))]
            #[allow(clippy::unused_unit, reason = "for rank 0 the tuple is `()`")]
            fn erased(self) -> Self::Erased {
                #[allow(non_snake_case)]
                let ranks!(@value () $($axis)*) = self;
                ($(dim::erased($axis),)*)
            }
        }
        impl Outward for FromEnd<{ -1 - $rank }> {
            type Next = FromEnd<{ -2 - $rank }>;
            const INDEX: usize = $rank;
        }
        impl Succ for Rank<$rank> {
            type Next = Rank<{ $rank + 1 }>;
        }
        // SAFETY: these are the nested arrays of the list, as the lengths of the arrays are the sizes of the axes.
        unsafe impl<T: Element, $($axis: StaticExtent, const $len: usize),*> NestedArray<T, ($($axis,)*)>
            for ranks!(@nested T $($len)*)
        where
            $list: AllLongAs<ranks!(@sizes () $($len)*), Self, ($($axis,)*), Last>,
        {
        }
    )*};
    (@nested $t:ident) => { $t };
    (@nested $t:ident $first:ident $($rest:ident)*) => { [ranks!(@nested $t $($rest)*); $first] };
    (@sizes $list:tt) => { $list };
    (@sizes $list:tt $first:ident $($rest:ident)*) => { ranks!(@sizes ($list, Static<$first>) $($rest)*) };
    (@value $list:tt) => { $list };
    (@value $list:tt $first:ident $($rest:ident)*) => { ranks!(@value ($list, $first) $($rest)*) };
}
ranks! {
    0, (), [];
    1, ((), A), [A N0];
    2, (((), A), B), [A N0 B N1];
    3, ((((), A), B), C), [A N0 B N1 C N2];
    4, (((((), A), B), C), D), [A N0 B N1 C N2 D N3];
    5, ((((((), A), B), C), D), E), [A N0 B N1 C N2 D N3 E N4];
    6, (((((((), A), B), C), D), E), F), [A N0 B N1 C N2 D N3 E N4 F N5];
    7, ((((((((), A), B), C), D), E), F), G), [A N0 B N1 C N2 D N3 E N4 F N5 G N6];
    8, (((((((((), A), B), C), D), E), F), G), H), [A N0 B N1 C N2 D N3 E N4 F N5 G N6 H N7];
}
