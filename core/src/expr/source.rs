//! Reading operands: a [`Source`] has a position in the destination's shape, and gives the [`Lane`] there to read.

use core::mem::MaybeUninit;

use super::{Expr, Shaped, stored_scratch};
use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::kernels::beside::Tile;
use crate::kernels::scratch::{Bytes, Scratch};
use crate::kernels::walk::{Along, Steps};
use crate::shape::{List, ListOf, Shape, Stretches};
use crate::storage::Layout;

mod memory;
mod reading;

pub use memory::Memory;
pub use reading::{Reading, Reads};

/// The elements of an operand, from a position on.
///
/// A copy of it can go to another thread: what it refers to is shared, and its functions are `Sync`.
pub trait Source: Steps + Copy + Send {
    /// The element type.
    type Elem: Copy + Send + Sync;
    /// How many bytes of scratch an element takes when what varies along two axes is packed, a pair of their indices.
    const PACKED: PerAxis<PerAxis<usize>>;
    /// How many additions an element takes as long as, roughly.
    const WEIGHT: usize = 1;
    /// The elements along the lane axis.
    type Lane: Lane<Elem = Self::Elem>;
    /// The lane at the position, of the destination's shape `Out`.
    ///
    /// # Safety
    /// The position is an index of `Out`, and the source was made for `Out`.
    unsafe fn lane<Out: Along>(&self) -> Self::Lane;
    /// Packs what varies along the tile's axis, from the position on: there neighbours along it are neighbours in memory.
    ///
    /// # Safety
    /// The tile's places are indices of the shape that the source was made for, `room` outlives what is read of the source, and
    /// the position moves along no other axis that what is packed varies along.
    unsafe fn pack(&mut self, tile: Tile, room: &Scratch<'_>);
    /// The lane along [`Beside<Out>`] at place `j` of the lane at the position, after [`pack`](Self::pack).
    ///
    /// # Safety
    /// As for `lane`, `j` is below the length of the lane, and what varies along that axis is packed.
    unsafe fn packed<Out: Shape>(&self, j: usize) -> Self::Lane;
}

/// The elements along one lane.
pub trait Lane: Copy {
    /// The element type.
    type Elem: Copy;
    /// Whether every operand is row-major without gaps, so that lanes are contiguous whatever the shape.
    const DENSE: bool;
    /// The element `j` of the lane.
    ///
    /// # Safety
    /// `j` is below the length of the lane, which is of the shape `Out`.
    unsafe fn get<Out: Along>(&self, j: usize) -> Self::Elem;
    /// Whether neighbours along the lane are neighbours in memory, in every operand where they are not one and the same element.
    fn is_contiguous<Out: Along>(&self) -> bool;
    /// As [`get`](Self::get), of a contiguous lane: a loop over it has no strides, and vectorises.
    ///
    /// # Safety
    /// As for `get`, and the lane is contiguous.
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Self::Elem;

    /// Asks for memory some way behind the `len` elements from `j` on, which are read next.
    fn prefetch<Out: Along>(&self, j: usize, len: usize);

    // The two loops are methods of the lane, of which generic code does not know the type: that keeps rustc from inlining them before
    // LLVM does, which would lose what the exclusive borrow tells LLVM: that nothing else reaches the destination.

    /// Writes `of` the elements of the lane from `start` on to `out`, each with its number in `out`.
    ///
    /// # Safety
    /// The lane, which is of the shape `Out`, has as many elements from `start` on as `out`.
    #[inline(always)]
    unsafe fn write<Out: Along, U>(
        self,
        start: usize,
        out: &mut [MaybeUninit<U>],
        of: impl Fn(usize, Self::Elem) -> U,
    ) {
        // An iterator would keep the pointer in memory at first, and with that LLVM would not know that what is stored by it aliases nothing.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane, which is contiguous.
                unsafe { (*at.add(j)).write(of(j, self.get_contiguous::<Out>(start + j))) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane.
                unsafe { (*at.add(j)).write(of(j, self.get::<Out>(start + j))) };
                j += 1;
            }
        }
    }

    /// Replaces each element of `out` by `op` of it and the element of the lane, from `start` on.
    ///
    /// # Safety
    /// As for `write`.
    #[inline(always)]
    unsafe fn update<Out: Shape, T: Copy>(
        self,
        start: usize,
        out: &mut [T],
        op: &impl Fn(T, Self::Elem) -> T,
    ) {
        // As in `write`.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane, which is contiguous.
                unsafe { *at.add(j) = op(*at.add(j), self.get_contiguous::<Out>(start + j)) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane.
                unsafe { *at.add(j) = op(*at.add(j), self.get::<Out>(start + j)) };
                j += 1;
            }
        }
    }
}

/// How the operand `E` of an operation with the result `Out` is read.
type WayOf<E, Out> = <<E as Expr>::Layout as Reads>::Way<Stretches<<E as Shaped>::Shape, Out>>;

/// The source of the operand `E` of an operation with the result `Out`.
pub(crate) type OperandOf<'s, E, Out> =
    <WayOf<E, Out> as Reading>::Of<<E as Expr>::Source<'s>, reading::StoredOf<'s, E>>;

/// Whether shape `S` has every length of `Out`, so that it stretches along no axis.
pub(crate) const fn same_axes<S: Shape, Out: Shape>() -> bool {
    let (mine, out) = (<ListOf<S> as List>::KINDS, <ListOf<Out> as List>::KINDS);
    let mut k = 0;
    while k < MAX_RANK {
        if matches!(out[k], AxisKind::Length(_)) && !matches!(mine[k], AxisKind::Length(_)) {
            return false;
        }
        k += 1;
    }
    true
}

/// Whether the operand `E` of an operation with the result `Out` is computed before the loop: it is of a smaller shape.
const fn hoists<E: Expr, Out: Shape>() -> bool {
    !E::Layout::FREE && !same_axes::<E::Shape, Out>()
}

/// The source of the operand `expr` of an operation with the result `Out`.
#[inline(always)]
pub(crate) fn operand<'s, E: Expr, Out: Shape>(
    expr: &'s E,
    scratch: &'s Scratch<'_>,
) -> OperandOf<'s, E, Out> {
    WayOf::<E, Out>::operand(expr, scratch)
}

/// The scratch that [`operand`] takes.
pub(crate) const fn operand_scratch<E: Expr, Out: Shape>() -> Bytes {
    if hoists::<E, Out>() { stored_scratch::<E>() } else { E::SOURCE_SCRATCH }
}
