//! How an operand is read. A [`Source`] has a position in the shape of the destination, and returns
//! the [`Lane`] of elements from there on.
//!
//! Evaluation visits the destination lane by lane:
//!
//! ```text
//! for each position of the walk, which steps over whole lanes:
//!     lane = source.lane()                      every operand's elements along the lane axis
//!     for j in 0..length: out[j] = lane.get(j)  the loop that is vectorised
//! ```
//!
//! Whether an operand is one repeated element or contiguous along the lane is a constant of its
//! shape, its storage and the shape of the destination, so the loop over a lane has no branch. For
//! an operand with strides, such as a view, the lane says at run time whether it is contiguous, and
//! there is one loop for each case.
//!
//! This module is below shapes and does not know them. A shape chooses by [`Reading`] which of two
//! ways a computed operand is read.

use core::mem::MaybeUninit;

use crate::axes::PerAxis;
use crate::run::scratch::Scratch;

mod packing;
mod steps;

pub use packing::PackedTile;
pub(crate) use packing::{WIDTH, sum_packed};
pub use steps::{Apart, Steps, Strides};

/// A shape, or another view of one, as far as the loop over a lane needs it: the axis that lanes
/// run along.
pub trait Along {
    /// The lane axis, counted from the last axis.
    const AXIS: usize;
}
/// A shape with a second axis, along which lanes can be read instead.
pub trait Aside: Along {
    /// The same shape with its lanes along the next axis outside the lane axis. If there is none,
    /// the lanes stay along the lane axis.
    type Beside: Along;
}

/// How a computed operand is read: either each element is computed when it is read, or all elements
/// are stored before the loop, which computes each of them once. An operand of smaller shape than
/// the destination is stored.
///
/// The choice is a type, so that it costs nothing at run time: the optimiser loses track of an
/// enumeration in memory, and a loop that branches for each element is not vectorised well. The
/// chosen source is one of the two types itself and not a wrapper around them, because each level
/// of nesting counts towards the depth of types that the compiler accepts, which is 128.
pub trait Reading {
    /// The source that is read, of the two.
    type Of<D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// Calls the function that makes the source that is read.
    fn read<D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Self::Of<D, M>;
}

/// The elements of an operand, from a position on.
///
/// A copy of a source can be sent to another thread: what it refers to is shared, and the functions
/// in it are `Sync`.
///
/// The time to compile an evaluation is mostly LLVM's. It grows with what the source holds of each
/// operand and with how often that is moved. A node of an expression adds one level to the depth of
/// the source's type, and one to that of the lane's.
pub trait Source: Steps + Copy + Send {
    /// The type of the elements.
    type Elem: Copy + Send + Sync;
    /// The scratch that [`pack`](Self::pack) takes, in bytes. Entry `[p][q]` is for what varies
    /// along both axes `p` and `q`, for each pair of an index along `p` and one along `q`.
    const PACKED: PerAxis<PerAxis<usize>>;
    /// The time that an element takes, roughly, in additions.
    const WEIGHT: usize = 1;
    /// The type of the elements along the lane axis.
    type Lane: Lane<Elem = Self::Elem>;
    /// The lane at the position, in the shape `Out` of the destination.
    ///
    /// # Safety
    /// The position is an index of `Out`, and the source was made for `Out`.
    unsafe fn lane<Out: Along>(&self) -> Self::Lane;
    /// Copies the operands that vary along the tile's axis to `room`, from the position on, so that
    /// neighbours along that axis become adjacent in memory. From then on the source reads the
    /// copies.
    ///
    /// # Safety
    /// The indices of the tile are indices of the shape that the source was made for. `room`
    /// outlives every use of the source. Afterwards the position moves along no axis, other than
    /// those of the tile, that a packed operand varies along.
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>);
    /// The lane along [`Aside::Beside`] at index `j` of the lane at the position, after
    /// [`pack`](Self::pack).
    ///
    /// # Safety
    /// As for `lane`; `j` is below the length of the lane, and what varies along that axis has been
    /// packed.
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane;
}

/// The elements along one lane.
pub trait Lane: Copy {
    /// The type of the elements.
    type Elem: Copy;
    /// Whether every operand is row-major without gaps, so that lanes are contiguous in every
    /// shape.
    const DENSE: bool;
    /// Element `j` of the lane.
    ///
    /// # Safety
    /// `j` is below the length of the lane, which is of the shape `Out`.
    unsafe fn get<Out: Along>(&self, j: usize) -> Self::Elem;
    /// Whether neighbours along the lane are adjacent in memory, in every operand that does not
    /// repeat one element along the lane.
    fn is_contiguous<Out: Along>(&self) -> bool;
    /// As [`get`](Self::get), for a contiguous lane. A loop over it has no strides, and vectorises.
    ///
    /// # Safety
    /// As for `get`, and the lane is contiguous.
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Self::Elem;

    /// Prefetches memory some way after the `len` elements from `j` on, which are read next.
    fn prefetch<Out: Along>(&self, j: usize, len: usize);

    // The following two loops are methods of the lane, whose type generic code does not know, and
    // they take the destination as a slice argument. The exclusive borrow tells LLVM that nothing
    // else reaches the destination. If rustc inlined these functions itself that would be lost; not
    // knowing the type of the lane it leaves the inlining to LLVM.

    /// Writes `of(j, element)` to `out[j]`, for the elements of the lane from `start` on.
    ///
    /// # Safety
    /// The lane is of the shape `Out`, and has at least as many elements from `start` on as `out`.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write<Out: Along, U>(
        self,
        start: usize,
        out: &mut [MaybeUninit<U>],
        of: impl Fn(usize, Self::Elem) -> U,
    ) {
        // An iterator would keep its pointer in memory at first. LLVM would then not know that a
        // store through it aliases nothing.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is in `out`, `start + j` is below the length of the lane, and the
                // lane is contiguous.
                unsafe { (*at.add(j)).write(of(j, self.get_contiguous::<Out>(start + j))) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` is below the length of the lane.
                unsafe { (*at.add(j)).write(of(j, self.get::<Out>(start + j))) };
                j += 1;
            }
        }
    }

    /// Replaces each `out[j]` by `op(out[j], element)`, for the elements of the lane from `start`
    /// on.
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
                // SAFETY: `j` is in `out`, `start + j` is below the length of the lane, and the
                // lane is contiguous.
                unsafe { *at.add(j) = op(*at.add(j), self.get_contiguous::<Out>(start + j)) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` is below the length of the lane.
                unsafe { *at.add(j) = op(*at.add(j), self.get::<Out>(start + j)) };
                j += 1;
            }
        }
    }
}
