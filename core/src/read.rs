//! How an operand is read: a [`Source`] has a position in the destination's shape, and gives the
//! [`Lane`] there to read.
//!
//! Nothing here knows shapes, which say by [`Reading`] which of two ways an operand is read: so
//! this is below them.

use core::mem::MaybeUninit;

use crate::axes::PerAxis;
use crate::run::scratch::Scratch;

mod packing;
mod steps;

pub use packing::PackedTile;
pub(crate) use packing::{WIDTH, sum_packed};
pub use steps::{Apart, Steps, Strides};

/// The axis that lanes run along, of a shape or of one seen from another side.
pub trait Along {
    /// The axis, counted from the last.
    const AXIS: usize;
}
/// What has an axis beside that of its lanes.
pub trait Aside: Along {
    /// It, as if its lanes ran along the next axis outside the lane axis; along that, where there
    /// is none.
    type Beside: Along;
}

/// Which of two ways an operand is read that is computed: what is stored before the loop, once per
/// its own element, as those of a smaller shape are, or not.
///
/// The source that is read is a type, so that no evaluation asks: what is in memory of an
/// enumeration the optimiser forgets, and a loop that asks for each element is not vectorised well.
/// It is one of the two itself, and not around them, as each type around another counts towards how
/// deep the compiler follows types.
pub trait Reading {
    /// The one of the two that is read.
    type Of<D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// The one of the two that is read: what this calls makes it.
    fn read<D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Self::Of<D, M>;
}

/// The elements of an operand, from a position on.
///
/// A copy of it can go to another thread: what it refers to is shared, and its functions are
/// `Sync`.
pub trait Source: Steps + Copy + Send {
    /// The element type.
    type Elem: Copy + Send + Sync;
    /// How many bytes of scratch an element takes when what varies along two axes is packed, a pair
    /// of their indices.
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
    /// Packs what varies along the tile's axis, from the position on: there neighbours along it are
    /// neighbours in memory.
    ///
    /// # Safety
    /// The tile's places are indices of the shape that the source was made for, `room` outlives what is read of the source, and
    /// the position moves along no other axis that what is packed varies along.
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>);
    /// The lane along [`Aside::Beside`] at place `j` of the lane at the position, after
    /// [`pack`](Self::pack).
    ///
    /// # Safety
    /// As for `lane`, `j` is below the length of the lane, and what varies along that axis is packed.
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane;
}

/// The elements along one lane.
pub trait Lane: Copy {
    /// The element type.
    type Elem: Copy;
    /// Whether every operand is row-major without gaps, so that lanes are contiguous whatever the
    /// shape.
    const DENSE: bool;
    /// The element `j` of the lane.
    ///
    /// # Safety
    /// `j` is below the length of the lane, which is of the shape `Out`.
    unsafe fn get<Out: Along>(&self, j: usize) -> Self::Elem;
    /// Whether neighbours along the lane are neighbours in memory, in every operand where they are
    /// not one and the same element.
    fn is_contiguous<Out: Along>(&self) -> bool;
    /// As [`get`](Self::get), of a contiguous lane: a loop over it has no strides, and vectorises.
    ///
    /// # Safety
    /// As for `get`, and the lane is contiguous.
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Self::Elem;

    /// Asks for memory some way behind the `len` elements from `j` on, which are read next.
    fn prefetch<Out: Along>(&self, j: usize, len: usize);

    // The two loops are methods of the lane, of which generic code does not know the type: that
    // keeps rustc from inlining them before LLVM does, which would lose what the exclusive borrow
    // tells LLVM: that nothing else reaches the destination.

    /// Writes `of` the elements of the lane from `start` on to `out`, each with its number in
    /// `out`.
    ///
    /// # Safety
    /// The lane, which is of the shape `Out`, has as many elements from `start` on as `out`.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write<Out: Along, U>(
        self,
        start: usize,
        out: &mut [MaybeUninit<U>],
        of: impl Fn(usize, Self::Elem) -> U,
    ) {
        // An iterator would keep the pointer in memory at first, and with that LLVM would not know
        // that what is stored by it aliases nothing.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane, which is
                // contiguous.
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
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn update<Out: Along, T: Copy>(
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
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane, which is
                // contiguous.
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
