//! Operands that are computed: in the same loop, or before it. A layout says whether a type is one, and the shapes which of the two.

use core::fmt;
use core::marker::PhantomData;

use super::{Lane, Source};
use crate::expr::Rearrangement;
use crate::kernels::beside::Tile;
use crate::kernels::scratch::Scratch;
use crate::kernels::walk::{Along, Steps};
use crate::shape::{Invariant, PerAxis, Shape};
use crate::storage::{Computed, Dense, Layout, Strided, Whole};

/// Which way an operand is read. A type, so that no evaluation asks: what is in memory of an enumeration the optimiser forgets, and a
/// loop that asks for each element is not vectorised well.
pub trait Reading {
    /// Whether it is computed before the loop, once per its own element, as those of a smaller shape are.
    const STORED: bool;
}

/// An operand that is computed, or a lane of one: in the loop, or stored before it, as `How` says.
pub struct Fused<How, Direct: Copy, Stored: Copy> {
    operand: Either<Direct, Stored>,
    way: Invariant<How>,
}
#[derive(Clone, Copy)]
union Either<Direct: Copy, Stored: Copy> {
    direct: Direct,
    stored: Stored,
}
impl<How, D: Copy, M: Copy> Clone for Fused<How, D, M> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<How, D: Copy, M: Copy> Copy for Fused<How, D, M> {}
impl<How, D: Copy, M: Copy> fmt::Debug for Fused<How, D, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fused")
    }
}

impl<How: Reading, D: Copy, M: Copy> Fused<How, D, M> {
    /// The operand, or the lane, by the one of the two that `How` chooses.
    #[inline(always)]
    fn new(direct: impl FnOnce() -> D, stored: impl FnOnce() -> M) -> Self {
        let operand =
            if const { How::STORED } { Either { stored: stored() } } else { Either { direct: direct() } };
        Self { operand, way: PhantomData }
    }
}

// SAFETY, of every access to the field below: `new`, which alone makes one, has written the field that the constant of the type says.
impl<How: Reading, D: Steps + Copy, M: Steps + Copy> Steps for Fused<How, D, M> {
    #[inline(always)]
    fn step(&mut self, axis: usize, steps: isize) {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { &mut self.operand.stored }.step(axis, steps);
        } else {
            // SAFETY: as above.
            unsafe { &mut self.operand.direct }.step(axis, steps);
        }
    }
    #[inline(always)]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { &self.operand.stored }.merges(outer, inner, inner_len)
        } else {
            // SAFETY: as above.
            unsafe { &self.operand.direct }.merges(outer, inner, inner_len)
        }
    }
}
// SAFETY, of every call below: the caller's promise, and of the access as above.
impl<How: Reading, D: Source, M: Source<Elem = D::Elem>> Source for Fused<How, D, M> {
    type Elem = D::Elem;
    const PACKED: PerAxis<PerAxis<usize>> = if How::STORED { M::PACKED } else { D::PACKED };
    const WEIGHT: usize = if How::STORED { M::WEIGHT } else { D::WEIGHT };
    type Lane = Fused<How, D::Lane, M::Lane>;
    #[inline(always)]
    unsafe fn lane<Out: Along>(&self) -> Self::Lane {
        Fused::new(
            #[inline(always)]
            // SAFETY: as above; this is called if `How` says so.
            || unsafe { self.operand.direct.lane::<Out>() },
            #[inline(always)]
            // SAFETY: as above; this is called if `How` says so.
            || unsafe { self.operand.stored.lane::<Out>() },
        )
    }
    #[inline(always)]
    unsafe fn pack(&mut self, tile: Tile, room: &Scratch<'_>) {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { self.operand.stored.pack(tile, room) }
        } else {
            // SAFETY: as above.
            unsafe { self.operand.direct.pack(tile, room) }
        }
    }
    #[inline(always)]
    unsafe fn packed<Out: Shape>(&self, j: usize) -> Self::Lane {
        Fused::new(
            #[inline(always)]
            // SAFETY: as above; this is called if `How` says so.
            || unsafe { self.operand.direct.packed::<Out>(j) },
            #[inline(always)]
            // SAFETY: as above; this is called if `How` says so.
            || unsafe { self.operand.stored.packed::<Out>(j) },
        )
    }
}
impl<How: Reading, D: Lane, M: Lane<Elem = D::Elem>> Lane for Fused<How, D, M> {
    type Elem = D::Elem;
    const DENSE: bool = if How::STORED { M::DENSE } else { D::DENSE };
    #[inline(always)]
    unsafe fn get<Out: Along>(&self, j: usize) -> D::Elem {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { self.operand.stored.get::<Out>(j) }
        } else {
            // SAFETY: as above.
            unsafe { self.operand.direct.get::<Out>(j) }
        }
    }
    #[inline(always)]
    fn is_contiguous<Out: Along>(&self) -> bool {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { &self.operand.stored }.is_contiguous::<Out>()
        } else {
            // SAFETY: as above.
            unsafe { &self.operand.direct }.is_contiguous::<Out>()
        }
    }
    #[inline(always)]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> D::Elem {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { self.operand.stored.get_contiguous::<Out>(j) }
        } else {
            // SAFETY: as above.
            unsafe { self.operand.direct.get_contiguous::<Out>(j) }
        }
    }
    #[inline(always)]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        if const { How::STORED } {
            // SAFETY: as above.
            unsafe { &self.operand.stored }.prefetch::<Out>(j, len);
        } else {
            // SAFETY: as above.
            unsafe { &self.operand.direct }.prefetch::<Out>(j, len);
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
    type Operand<How: Reading, D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// The source, given both ways to read.
    fn operand<How: Reading, D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Self::Operand<How, D, M>;
}
macro_rules! free {
    ($($layout:ident: $memory:ty, $rearranged:ty, $reshaped:ty;)*) => {$(
        impl Reads for $layout {
            type InMemory = $memory;
            type Rearranged<R: Rearrangement> = $rearranged;
            type Reshaped = $reshaped;
            type Operand<How: Reading, D: Source, M: Source<Elem = D::Elem>> = D;
            #[inline(always)]
            fn operand<How: Reading, D: Source, M: Source<Elem = D::Elem>>(
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
    type Operand<How: Reading, D: Source, M: Source<Elem = D::Elem>> = Fused<How, D, M>;
    #[inline(always)]
    fn operand<How: Reading, D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Fused<How, D, M> {
        Fused::new(direct, stored)
    }
}
