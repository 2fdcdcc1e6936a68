//! Operands that are arrays in memory, as sources.

use core::marker::PhantomData;

use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::layout::Layout;
use crate::read::{Along, Apart, Aside, Lane, PackedTile, Source, Steps, Strides, WIDTH};
use crate::run::prefetch::prefetch;
use crate::run::scratch::Scratch;
use crate::shape::{Invariant, List, ListOf, Shape};

mod dest;

pub use dest::Dest;

/// The type of the strides of an array of shape `S` and layout `L`.
type StridesOf<S, L> = <L as Layout>::Strides<S>;

/// The elements of an array of shape `S` in memory.
///
/// For a dense array of a static shape this is one pointer, because its strides are constants. So
/// compile times stay low: they grow with the amount of data that a source holds for each operand.
#[derive(Debug)]
pub struct Memory<'s, T, S: Shape, L: Layout> {
    from: Strides<*const T, StridesOf<S, L>>,
    marker: PhantomData<&'s [T]>,
    way: Invariant<(S, L)>,
}
impl<T, S: Shape, L: Layout> Clone for Memory<'_, T, S, L> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, S: Shape, L: Layout> Copy for Memory<'_, T, S, L> {}

impl<T, S: Shape, L: Layout> Memory<'_, T, S, L> {
    /// The array whose elements `from` reaches.
    ///
    /// # Safety
    /// As long as `'s` lasts, the strides reach an element at every index of `S`. They are 0 along
    /// `One`, and row-major if `L` is [`Dense`](crate::layout::Dense).
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(from: Strides<*const T>) -> Self {
        // If the shape is static and `L` is dense, `Apart::new` replaces the strides by constants
        // of the same values. So the optimiser can merge axes, and lanes have constant lengths.
        let from = Strides { at: from.at, strides: Apart::new(from.strides) };
        Self { from, marker: PhantomData, way: PhantomData }
    }
}

impl<T, S: Shape, L: Layout> Steps for Memory<'_, T, S, L> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn step(&mut self, axis: usize, steps: isize) {
        self.from.step(axis, steps);
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.from.merges(outer, inner, inner_len)
    }
}

impl<T: Copy + Send + Sync, S: Shape, L: Layout> Source for Memory<'_, T, S, L> {
    type Elem = T;
    const PACKED: PerAxis<PerAxis<usize>> = {
        let (mut packed, mut p) = ([[0; MAX_RANK]; MAX_RANK], 0);
        while p < MAX_RANK {
            let mut q = 0;
            while q < MAX_RANK {
                if !stretches::<S>(p) && !stretches::<S>(q) {
                    // An element of one byte is counted as if it had two bytes, so that `WIDTH`
                    // elements have a multiple of 64 bytes, the largest alignment of scratch.
                    packed[p][q] = if size_of::<T>() < 2 { 2 } else { size_of::<T>() };
                }
                q += 1;
            }
            p += 1;
        }
        packed
    };
    type Lane = MemoryLane<T, S, L>;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn lane<Out: Along>(&self) -> MemoryLane<T, S, L> {
        let Strides { at, strides } = self.from;
        // SAFETY: the caller promises that the position is in bounds, so by the contract of `new`
        // there is an element at `at`.
        let first = unsafe { at.read() };
        MemoryLane { at, stride: strides.along(Out::AXIS), first, way: PhantomData }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>) {
        if stretches::<S>(tile.axis) {
            return;
        }
        let Strides { at, strides } = self.from;
        let len = if stretches::<S>(tile.lane) { 1 } else { tile.len };
        let packed = room.take::<T>(len * WIDTH);
        for j in 0..len {
            let first = at.wrapping_offset(strides.along(tile.lane).wrapping_mul(j as isize));
            for c in 0..WIDTH {
                // Past the width of the tile the last element is repeated. Kernels compute with
                // these copies too, but do not write the results.
                let c_read = c.min(tile.width - 1) as isize;
                let from = first.wrapping_offset(strides.along(tile.axis).wrapping_mul(c_read));
                // SAFETY: `j` and `c_read` are in the tile, which the caller promises to be in
                // bounds, so by the contract of `new` the strides reach an element there.
                packed[j * WIDTH + c].write(unsafe { from.read() });
            }
        }
        let mut strides = [0; MAX_RANK];
        (strides[tile.lane], strides[tile.axis]) = (WIDTH as isize, 1);
        // If the strides are constants, `Apart::new` ignores the strides that it is given. The
        // constants do no harm: the caller promises that the position now moves only along axes
        // along which this operand has stride 0, and `packed` does not use the constants.
        self.from = Strides { at: packed.as_ptr().cast(), strides: Apart::new(strides) };
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn packed<Out: Aside>(&self, j: usize) -> MemoryLane<T, S, L> {
        // The stride along the lane axis that `pack` has set, as a constant where it is known.
        let step = if const { stretches_lane::<S, Out>() } {
            0
        } else if const { !stretches_lane::<S, Out::Beside>() } {
            WIDTH as isize
        } else if const { L::DENSE } {
            1
        } else {
            self.from.strides.along(Out::AXIS)
        };
        let at = self.from.at.wrapping_offset(step.wrapping_mul(j as isize));
        // SAFETY: the caller promises that the position is in bounds, that `j` is below the length
        // of the lane axis, and that `pack` has been called if this operand varies along the axis
        // of `Aside::Beside`. So there is an element at `at`.
        let first = unsafe { at.read() };
        let stride = isize::from(const { !stretches_lane::<S, Out::Beside>() });
        MemoryLane { at, stride, first, way: PhantomData }
    }
}

/// A lane of elements in memory.
#[derive(Debug)]
pub struct MemoryLane<T, S, L> {
    at: *const T,
    stride: isize,
    first: T,
    way: Invariant<(S, L)>,
}
impl<T: Copy, S, L> Clone for MemoryLane<T, S, L> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Copy, S, L> Copy for MemoryLane<T, S, L> {}

/// Whether shape `S` stretches along axis `axis`.
const fn stretches<S: Shape>(axis: usize) -> bool {
    !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
}
/// Whether shape `S` stretches along the lane axis of `Out`.
const fn stretches_lane<S: Shape, Out: Along>() -> bool {
    stretches::<S>(Out::AXIS)
}

impl<T: Copy, S: Shape, L: Layout> Lane for MemoryLane<T, S, L> {
    type Elem = T;
    const DENSE: bool = L::DENSE;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get<Out: Along>(&self, j: usize) -> T {
        if const { L::DENSE || stretches_lane::<S, Out>() } {
            // SAFETY: the caller promises that `j` is in the lane, and `is_contiguous` is true for
            // this lane.
            unsafe { self.get_contiguous::<Out>(j) }
        } else {
            // SAFETY: the caller promises that `j` is in the lane, and the stride reaches each
            // element of it.
            unsafe { *self.at.wrapping_offset(self.stride.wrapping_mul(j as isize)) }
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_contiguous<Out: Along>(&self) -> bool {
        // In a dense layout, elements that are neighbours along the last axis of `S` that is not
        // `One` are adjacent in memory. The lane axis is either that axis, or one along which the
        // operand stretches.
        let always = const { L::DENSE || stretches_lane::<S, Out>() };
        always || self.stride == 1
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> T {
        if const { stretches_lane::<S, Out>() } {
            self.first
        } else {
            // SAFETY: the caller promises that `j` is in the lane and that the lane is contiguous.
            unsafe { *self.at.add(j) }
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        if const { !stretches_lane::<S, Out>() } && self.is_contiguous::<Out>() {
            prefetch(self.at.wrapping_add(j), len);
        }
    }
}
