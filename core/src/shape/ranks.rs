//! The impls that a macro writes once per rank: for tuples as shapes and as lists, for nested
//! arrays, and for positions and ranks as types.

use super::position::Succ;
use super::{
    AllLongAs, AxisArg, Extent, FromEnd, FromLengths, GivenExtent, IndexedBy, Last, List,
    ListTuple, NestedArray, Outward, Rank, Shape, Static, StaticExtent, StaticShape, Tuple, dim,
    kind, of_lengths,
};
use crate::element::Element;

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
        // SAFETY: `Self` is the type `<ListOf<S> as List>::Array<T>`, as `NestedArray` requires:
        // both types nest one array per axis, the first axis outermost, and `AllLongAs` requires
        // that the length of each array is the static size of its axis.
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
