//! [`List`] for nested lists: `()` has no axes, and `(L, A)` has the axes of `L` and the last axis
//! `A`.
//!
//! `StretchesTo` compares this list and the list `Out` from the last axis to the first:
//!
//! 1. If this list has no more axes, it stretches if one of the remaining axes of `Out` is a
//!    length.
//! 2. If `Out` has no more axes, this list does not stretch.
//! 3. Otherwise this list stretches if its last axis is [`One`](crate::One) and the last axis of
//!    `Out` is a length. It also stretches if, without its last axis, it stretches to `Out` without
//!    the last axis of `Out`.

use core::any::TypeId;

use super::{Extent, IsStatic, List, No, Size, Truth, Yes, dim, static_lens};
use crate::axes::{AxisKind, AxisSet, MAX_RANK, PerAxis, pushed};
use crate::read::Steps;

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
        (self.0.with_lens(outer), dim::with_len(lens[0]))
    }
}
