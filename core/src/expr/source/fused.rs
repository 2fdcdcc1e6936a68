//! Operands that are computed: in the same loop, or before it. A layout says which of the two a type may be.

use super::{Lane, Source};
use crate::expr::Rearrangement;
use crate::kernels::beside::{Tile, most_packed};
use crate::kernels::scratch::Scratch;
use crate::kernels::walk::{Along, Steps};
use crate::shape::{PerAxis, Shape};
use crate::storage::{Computed, Dense, Layout, Strided, Whole};

/// An operand that is computed: in the same loop, or stored before it where its shape is smaller.
#[derive(Clone, Copy, Debug)]
pub enum Fused<Direct, Stored> {
    /// Computed in the loop.
    Direct(Direct),
    /// Computed before the loop, once per its own element.
    Stored(Stored),
}
/// A lane of [`Fused`].
#[derive(Clone, Copy, Debug)]
pub enum FusedLane<Direct, Stored> {
    /// Computed in the loop.
    Direct(Direct),
    /// Computed before the loop.
    Stored(Stored),
}

impl<D: Steps, M: Steps> Steps for Fused<D, M> {
    #[inline(always)]
    fn step(&mut self, axis: usize, steps: isize) {
        match self {
            Self::Direct(direct) => direct.step(axis, steps),
            Self::Stored(stored) => stored.step(axis, steps),
        }
    }
    #[inline(always)]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        match self {
            Self::Direct(direct) => direct.merges(outer, inner, inner_len),
            Self::Stored(stored) => stored.merges(outer, inner, inner_len),
        }
    }
}
impl<D: Source, M: Source<Elem = D::Elem>> Source for Fused<D, M> {
    type Elem = D::Elem;
    const PACKED: PerAxis<PerAxis<usize>> = most_packed(D::PACKED, M::PACKED);
    type Lane = FusedLane<D::Lane, M::Lane>;
    #[inline(always)]
    unsafe fn lane<Out: Along>(&self) -> Self::Lane {
        match self {
            // SAFETY: the caller's promise.
            Self::Direct(direct) => FusedLane::Direct(unsafe { direct.lane::<Out>() }),
            // SAFETY: the caller's promise.
            Self::Stored(stored) => FusedLane::Stored(unsafe { stored.lane::<Out>() }),
        }
    }
    #[inline(always)]
    unsafe fn pack(&mut self, tile: Tile, room: &Scratch<'_>) {
        // SAFETY, of both: the caller's promise.
        match self {
            // SAFETY: as above.
            Self::Direct(direct) => unsafe { direct.pack(tile, room) },
            // SAFETY: as above.
            Self::Stored(stored) => unsafe { stored.pack(tile, room) },
        }
    }
    #[inline(always)]
    unsafe fn packed<Out: Shape>(&self, j: usize) -> Self::Lane {
        match self {
            // SAFETY: the caller's promise.
            Self::Direct(direct) => FusedLane::Direct(unsafe { direct.packed::<Out>(j) }),
            // SAFETY: the caller's promise.
            Self::Stored(stored) => FusedLane::Stored(unsafe { stored.packed::<Out>(j) }),
        }
    }
}
impl<D: Lane, M: Lane<Elem = D::Elem>> Lane for FusedLane<D, M> {
    type Elem = D::Elem;
    const DENSE: bool = D::DENSE && M::DENSE;
    #[inline(always)]
    unsafe fn get<Out: Along>(&self, j: usize) -> D::Elem {
        match self {
            // SAFETY: the caller's promise.
            Self::Direct(direct) => unsafe { direct.get::<Out>(j) },
            // SAFETY: the caller's promise.
            Self::Stored(stored) => unsafe { stored.get::<Out>(j) },
        }
    }
    #[inline(always)]
    fn is_contiguous<Out: Along>(&self) -> bool {
        match self {
            Self::Direct(direct) => direct.is_contiguous::<Out>(),
            Self::Stored(stored) => stored.is_contiguous::<Out>(),
        }
    }
    #[inline(always)]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> D::Elem {
        match self {
            // SAFETY: the caller's promise.
            Self::Direct(direct) => unsafe { direct.get_contiguous::<Out>(j) },
            // SAFETY: the caller's promise.
            Self::Stored(stored) => unsafe { stored.get_contiguous::<Out>(j) },
        }
    }
    #[inline(always)]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        match self {
            Self::Direct(direct) => direct.prefetch::<Out>(j, len),
            Self::Stored(stored) => stored.prefetch::<Out>(j, len),
        }
    }
}

/// How an operand of a layout is read: what is free to read is read, what is computed is [`Fused`].
pub trait Reads: Layout {
    /// The layout once the elements are in memory.
    type InMemory: Reads;
    /// The layout after a rearrangement of the axes.
    type Rearranged<R: Rearrangement>: Reads;
    /// The layout under another shape.
    type Reshaped: Reads;
    /// The source.
    type Operand<D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// The source, given both ways to read.
    fn operand<D: Source, M: Source<Elem = D::Elem>>(
        hoist: bool,
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Self::Operand<D, M>;
}
macro_rules! free {
    ($($layout:ident: $memory:ty, $rearranged:ty, $reshaped:ty;)*) => {$(
        impl Reads for $layout {
            type InMemory = $memory;
            type Rearranged<R: Rearrangement> = $rearranged;
            type Reshaped = $reshaped;
            type Operand<D: Source, M: Source<Elem = D::Elem>> = D;
            #[inline(always)]
            fn operand<D: Source, M: Source<Elem = D::Elem>>(
                _: bool,
                direct: impl FnOnce() -> D,
                _: impl FnOnce() -> M,
            ) -> D {
                direct()
            }
        }
    )*};
}
free! {
    Dense: Dense, R::Layout<Dense>, Dense;
    Strided: Strided, R::Layout<Strided>, Whole;
    Whole: Dense, Whole, Whole;
}
impl Reads for Computed {
    type InMemory = Dense;
    type Rearranged<R: Rearrangement> = Whole;
    type Reshaped = Whole;
    type Operand<D: Source, M: Source<Elem = D::Elem>> = Fused<D, M>;
    #[inline(always)]
    fn operand<D: Source, M: Source<Elem = D::Elem>>(
        hoist: bool,
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Fused<D, M> {
        if hoist { Fused::Stored(stored()) } else { Fused::Direct(direct()) }
    }
}
