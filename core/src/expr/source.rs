//! Reading operands: a [`Source`] has a position in the destination's shape, and gives the [`Lane`] there to read.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use super::{Expr, Rearrangement, Shaped, stored, stored_scratch};
use crate::kernels::beside::{Tile, WIDTH, most_packed};
use crate::kernels::prefetch::prefetch;
use crate::kernels::scratch::{Bytes, Scratch};
use crate::kernels::walk::{Along, Beside, Steps, Strides};
use crate::shape::{AxisKind, List, ListOf, MAX_RANK, PerAxis, Shape};
use crate::storage::{Computed, Dense, Layout, Strided, Whole};

/// The elements of an operand, from a position on.
pub trait Source: Steps + Copy {
    /// The element type.
    type Elem: Copy;
    /// How many bytes of scratch an element takes when what varies along two axes is packed, a pair of their indices.
    const PACKED: PerAxis<PerAxis<usize>>;
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

    /// Writes the elements of the lane from `start` on to `out`.
    ///
    /// # Safety
    /// The lane, which is of the shape `Out`, has as many elements from `start` on as `out`.
    #[inline(always)]
    unsafe fn write<Out: Along>(self, start: usize, out: &mut [MaybeUninit<Self::Elem>]) {
        // An iterator would keep the pointer in memory at first, and with that LLVM would not know that what is stored by it aliases nothing.
        let (at, len) = (out.as_mut_ptr(), out.len());
        let mut j = 0;
        if const { Self::DENSE } || self.is_contiguous::<Out>() {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane, which is contiguous.
                unsafe { (*at.add(j)).write(self.get_contiguous::<Out>(start + j)) };
                j += 1;
            }
        } else {
            while j < len {
                // SAFETY: `j` is in `out`, and `start + j` below the length of the lane.
                unsafe { (*at.add(j)).write(self.get::<Out>(start + j)) };
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

/// Elements of shape `S` in memory.
#[derive(Debug)]
pub struct Memory<'s, T, S, L> {
    from: Strides<*const T>,
    marker: PhantomData<(&'s [T], S, L)>,
}

impl<T, S, L> Memory<'_, T, S, L> {
    /// # Safety
    /// The strides reach an element at every index of `S`, and are 0 along `One`; row-major if `L` is [`Dense`].
    #[inline(always)]
    pub(crate) unsafe fn new(from: Strides<*const T>) -> Self {
        Self { from, marker: PhantomData }
    }
}

impl<T, S, L> Steps for Memory<'_, T, S, L> {
    #[inline(always)]
    fn step(&mut self, axis: usize, steps: isize) {
        self.from.step(axis, steps);
    }
    #[inline(always)]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.from.merges(outer, inner, inner_len)
    }
}

impl<T, S, L> Clone for Memory<'_, T, S, L> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, S, L> Copy for Memory<'_, T, S, L> {}

impl<T: Copy, S: Shape, L: Layout> Source for Memory<'_, T, S, L> {
    type Elem = T;
    const PACKED: PerAxis<PerAxis<usize>> = {
        let (mut packed, mut p) = ([[0; MAX_RANK]; MAX_RANK], 0);
        while p < MAX_RANK {
            let mut q = 0;
            while q < MAX_RANK {
                if !stretches::<S>(p) && !stretches::<S>(q) {
                    // Of two bytes a row of a tile is aligned as scratch aligns.
                    packed[p][q] = if size_of::<T>() < 2 { 2 } else { size_of::<T>() };
                }
                q += 1;
            }
            p += 1;
        }
        packed
    };
    type Lane = MemoryLane<T, S, L>;
    #[inline(always)]
    unsafe fn lane<Out: Along>(&self) -> MemoryLane<T, S, L> {
        let Strides { at, strides } = self.from;
        // SAFETY: the position is an index of `Out`, at which there is an element.
        let first = unsafe { at.read() };
        MemoryLane { at, stride: strides[Out::AXIS], first, marker: PhantomData }
    }
    #[inline(always)]
    unsafe fn pack(&mut self, tile: Tile, room: &Scratch<'_>) {
        if stretches::<S>(tile.axis) {
            return;
        }
        let Strides { at, strides } = self.from;
        let len = if stretches::<S>(tile.lane) { 1 } else { tile.len };
        let packed = room.take::<T>(len * WIDTH);
        for j in 0..len {
            let first = at.wrapping_offset(strides[tile.lane].wrapping_mul(j as isize));
            for c in 0..WIDTH {
                // What is behind the last is any element: it is computed with, and not written.
                let c_read = c.min(tile.width - 1) as isize;
                let from = first.wrapping_offset(strides[tile.axis].wrapping_mul(c_read));
                // SAFETY: the place is of the tile, so there is an element.
                packed[j * WIDTH + c].write(unsafe { from.read() });
            }
        }
        self.from = Strides { at: packed.as_ptr().cast(), strides: [0; MAX_RANK] };
        self.from.strides[tile.lane] = WIDTH as isize;
        self.from.strides[tile.axis] = 1;
    }
    #[inline(always)]
    unsafe fn packed<Out: Shape>(&self, j: usize) -> MemoryLane<T, S, L> {
        // As `strides` says, but constants as far as they are known.
        let step = if const { stretches_lane::<S, Out>() } {
            0
        } else if const { !stretches_lane::<S, Beside<Out>>() } {
            WIDTH as isize
        } else if const { L::DENSE } {
            1
        } else {
            self.from.strides[Out::AXIS]
        };
        let at = self.from.at.wrapping_offset(step.wrapping_mul(j as isize));
        // SAFETY: place `j` is of the lane, so there is an element.
        let first = unsafe { at.read() };
        let stride = isize::from(const { !stretches_lane::<S, Beside<Out>>() });
        MemoryLane { at, stride, first, marker: PhantomData }
    }
}

/// A lane of elements in memory.
#[derive(Debug)]
pub struct MemoryLane<T, S, L> {
    at: *const T,
    stride: isize,
    first: T,
    marker: PhantomData<(S, L)>,
}
impl<T: Copy, S, L> Clone for MemoryLane<T, S, L> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Copy, S, L> Copy for MemoryLane<T, S, L> {}

/// Whether shape `S` stretches along an axis.
const fn stretches<S: Shape>(axis: usize) -> bool {
    !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
}
/// Whether shape `S` stretches along the lanes of `Out`.
const fn stretches_lane<S: Shape, Out: Along>() -> bool {
    stretches::<S>(Out::AXIS)
}

impl<T: Copy, S: Shape, L: Layout> Lane for MemoryLane<T, S, L> {
    type Elem = T;
    const DENSE: bool = L::DENSE;
    #[inline(always)]
    unsafe fn get<Out: Along>(&self, j: usize) -> T {
        if const { L::DENSE || stretches_lane::<S, Out>() } {
            // SAFETY: the caller's promise; as `is_contiguous` says, the lane is.
            unsafe { self.get_contiguous::<Out>(j) }
        } else {
            // SAFETY: the stride reaches every element along the lane.
            unsafe { *self.at.wrapping_offset(self.stride.wrapping_mul(j as isize)) }
        }
    }
    #[inline(always)]
    fn is_contiguous<Out: Along>(&self) -> bool {
        // A dense layout has the elements of its last length side by side, which is the lane axis or stretches along it.
        let always = const { L::DENSE || stretches_lane::<S, Out>() };
        always || self.stride == 1
    }
    #[inline(always)]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> T {
        if const { stretches_lane::<S, Out>() } {
            self.first
        } else {
            // SAFETY: the lane axis is a length of `S` too, along which the elements are side by side.
            unsafe { *self.at.add(j) }
        }
    }
    #[inline(always)]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        if const { !stretches_lane::<S, Out>() } && self.is_contiguous::<Out>() {
            prefetch(self.at.wrapping_add(j), len);
        }
    }
}

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

/// The source of the operand `E` of an operation.
pub(crate) type OperandOf<'s, E> = <<E as Expr>::Layout as Reads>::Operand<
    <E as Expr>::Source<'s>,
    Memory<'s, <E as Shaped>::Elem, <E as Shaped>::Shape, Dense>,
>;

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
pub(crate) fn operand<'s, E: Expr, Out: Shape>(expr: &'s E, scratch: &'s Scratch<'_>) -> OperandOf<'s, E> {
    <E::Layout as Reads>::operand(
        const { hoists::<E, Out>() },
        #[inline(always)]
        || expr.source(scratch),
        #[inline(always)]
        // SAFETY: `stored` gives the elements of `E` as computed into scratch: row-major.
        || unsafe { Memory::new(stored(expr, scratch)) },
    )
}

/// The scratch that [`operand`] takes.
pub(crate) const fn operand_scratch<E: Expr, Out: Shape>() -> Bytes {
    if hoists::<E, Out>() { stored_scratch::<E>() } else { E::SOURCE_SCRATCH }
}
