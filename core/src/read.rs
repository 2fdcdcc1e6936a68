//! How an operand is read. A [`Source`] has a position in the shape of the destination, and returns
//! the [`Lane`] of elements that begins there.
//!
//! Evaluation visits the destination lane by lane:
//!
//! ```text
//! for each position of the walk, which steps over whole lanes:
//!     lane = source.lane()                      every operand's elements along the lane axis
//!     for j in 0..length: out[j] = lane.get(j)  the loop that is vectorised
//! ```
//!
//! The shape and the storage of an operand and the shape of the destination say, as a constant,
//! whether the operand repeats one element along the lane or is contiguous along it. So the loop
//! over a lane has no branch. If an operand has strides, as a view has, the lane says at run time
//! whether it is contiguous, and there is one loop for each case.
//!
//! This module does not depend on shapes. A shape chooses by [`Reading`] in which of two ways a
//! computed operand is read.

use core::mem::MaybeUninit;

use crate::axes::PerAxis;
use crate::run::scratch::Scratch;

mod packing;
mod steps;

pub use packing::PackedTile;
pub(crate) use packing::{WIDTH, sum_packed};
pub use steps::{Apart, Steps, Strides};

/// The axis of a shape that lanes run along. The loop over a lane needs nothing else of a shape.
pub trait Along {
    /// The lane axis (0 is the last axis).
    const AXIS: usize;
}
/// A shape with a second axis, along which lanes can be read instead of along the lane axis.
pub trait Aside: Along {
    /// The same shape with its lanes along the next axis outside the lane axis. If there is none,
    /// the lanes stay along the lane axis.
    type Beside: Along;
}

/// How a computed operand is read. Either each element is computed when it is read, or all elements
/// are computed once and stored before the loop. An operand that stretches is stored, because each
/// of its elements is read several times.
///
/// The choice is a type, so that it costs nothing at run time: the optimiser loses track of an
/// enumeration in memory, and a loop that branches for each element is not vectorised well. `Of` is
/// one of the two sources itself and not a wrapper around them, because each level of nesting
/// counts towards the depth of types that the compiler accepts, which is 128.
pub trait Reading {
    /// The chosen source: `D`, which computes elements, or `M`, which reads stored elements.
    type Of<D: Source, M: Source<Elem = D::Elem>>: Source<Elem = D::Elem>;
    /// Calls `direct` or `stored`, whichever makes the chosen source.
    fn read<D: Source, M: Source<Elem = D::Elem>>(
        direct: impl FnOnce() -> D,
        stored: impl FnOnce() -> M,
    ) -> Self::Of<D, M>;
}

/// An operand as kernels read it: its elements, from a position on.
///
/// A copy of a source can be sent to another thread: threads may share the memory that a source
/// refers to, and the functions in a source are `Sync`.
///
/// Most of the time to compile an evaluation is spent in LLVM. This time grows with how much data
/// the source holds for each operand, and with how often that data is moved. A node of an
/// expression adds one level to the depth of the source's type, and one to that of the lane's type.
pub trait Source: Steps + Copy + Send {
    /// The type of the elements.
    type Elem: Copy + Send + Sync;
    /// How much scratch [`pack`](Self::pack) needs: for the operands that vary along both axis `p`
    /// and axis `q`, `PACKED[p][q]` bytes times the lengths of these two axes.
    const PACKED: PerAxis<PerAxis<usize>>;
    /// The time to compute an element, roughly, in additions.
    const WEIGHT: usize = 1;
    /// The type of a lane of this source.
    type Lane: Lane<Elem = Self::Elem>;
    /// The lane at the source's position, in the shape `Out` of the destination.
    ///
    /// # Safety
    /// The position is in bounds of `Out`, and the source was made for `Out`.
    unsafe fn lane<Out: Along>(&self) -> Self::Lane;
    /// Copies the operands that vary along `tile.axis` to `room`, from the source's position on, so
    /// that neighbours along that axis become adjacent in memory. From then on the source reads the
    /// copies.
    ///
    /// # Safety
    /// The tile begins at the position, and is in bounds of the shape that the source was made for.
    /// `room` outlives every use of the source. Afterwards the position moves only along axes along
    /// which no packed operand varies.
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>);
    /// The lane along the axis of [`Aside::Beside`], at index `j` of the lane axis. The source has
    /// been [packed](Self::pack).
    ///
    /// # Safety
    /// The position is in bounds of `Out`, and the source was made for `Out`; `j` is below the
    /// length of the lane axis, and the operands that vary along the axis of `Aside::Beside` have
    /// been packed.
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane;
}

/// The elements along one lane.
pub trait Lane: Copy {
    /// The type of the elements.
    type Elem: Copy;
    /// Whether every operand is row-major without gaps, so that its lanes are contiguous whatever
    /// its shape is.
    const DENSE: bool;
    /// Element `j` of the lane.
    ///
    /// # Safety
    /// `j` is below the length of the lane, and `Out` is the shape that the lane was made for.
    unsafe fn get<Out: Along>(&self, j: usize) -> Self::Elem;
    /// Whether neighbours along the lane are adjacent in memory, in every operand but those that
    /// repeat one element along the lane.
    fn is_contiguous<Out: Along>(&self) -> bool;
    /// [`get`](Self::get) of a contiguous lane. It needs no stride, so that a loop of calls
    /// vectorises.
    ///
    /// # Safety
    /// `j` is below the length of the lane, `Out` is the shape that the lane was made for, and the
    /// lane is contiguous.
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Self::Elem;

    /// Prefetches elements that lie some distance after the `len` elements from `j` on in memory.
    /// The caller is about to read these `len` elements.
    fn prefetch<Out: Along>(&self, j: usize, len: usize);

    // `write` and `update` have the destination as a slice argument, because the exclusive borrow
    // of an argument tells LLVM that nothing else reaches the destination. If rustc inlined the two
    // functions itself, there would be no argument, and LLVM would not learn this. So they are
    // methods of the lane, whose type generic code does not know, and rustc leaves the inlining to
    // LLVM.

    /// Writes `of(j, x)` to each `out[j]`, where `x` is element `start + j` of the lane.
    ///
    /// # Safety
    /// The lane was made for the shape `Out`, and has at least `start + out.len()` elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write<Out: Along, U>(
        self,
        start: usize,
        out: &mut [MaybeUninit<U>],
        of: impl Fn(usize, Self::Elem) -> U,
    ) {
        // A pointer and no iterator: an iterator would keep its own pointer in memory until LLVM
        // optimises, and LLVM would not know that a store through that pointer aliases nothing.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is less than `out.len()`, `start + j` is below the length of the
                // lane, and the lane is contiguous.
                unsafe { (*at.add(j)).write(of(j, self.get_contiguous::<Out>(start + j))) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is less than `out.len()`, and `start + j` is below the length of the
                // lane.
                unsafe { (*at.add(j)).write(of(j, self.get::<Out>(start + j))) };
                j += 1;
            }
        }
    }

    /// Replaces each `out[j]` by `op(out[j], x)`, where `x` is element `start + j` of the lane.
    ///
    /// # Safety
    /// The lane was made for the shape `Out`, and has at least `start + out.len()` elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn update<Out: Along, T: Copy>(
        self,
        start: usize,
        out: &mut [T],
        op: &impl Fn(T, Self::Elem) -> T,
    ) {
        // A pointer and no iterator, for the same reason as in `write`.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is less than `out.len()`, `start + j` is below the length of the
                // lane, and the lane is contiguous.
                unsafe { *at.add(j) = op(*at.add(j), self.get_contiguous::<Out>(start + j)) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is less than `out.len()`, and `start + j` is below the length of the
                // lane.
                unsafe { *at.add(j) = op(*at.add(j), self.get::<Out>(start + j)) };
                j += 1;
            }
        }
    }
}
