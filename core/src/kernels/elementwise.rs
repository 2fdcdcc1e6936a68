//! Elementwise evaluation: one pass over the destination, lane by lane, with the whole expression
//! inlined into the loop.
//!
//! 1. Operands that are not computed element by element, such as reductions, have been stored
//!    before (`expr/operand.rs` decides which). So the source can return every element of the
//!    expression at any position.
//! 2. With the feature `rayon` a large shape is halved into tasks (`split`).
//! 3. A dense destination of 32 MiB or more is written with streaming stores (`stream`), if the
//!    function is cheap and its operands are contiguous.
//! 4. [`Axes`] merges the axes that the destination and every operand can traverse as one.
//! 5. The walk visits one lane of the destination after another. The [`Lane`] of the source there
//!    runs the loop over the elements, which vectorises.
//! 6. If an operand strides along the lanes, as a transposed one does, the walk visits tiles of 16
//!    by 16 elements instead, so that every cache line that it reads is used whole.
//!
//! On targets without vectors, nested loops replace the walk, whose indices would be in memory.

use core::mem::MaybeUninit;

#[cfg(feature = "rayon")]
use super::split;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
use super::stream;
use crate::axes::{AxisKind, AxisSet, PerAxis, each_axis};
use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::memory::Dest;
use crate::read::{Lane, Source, Steps, Strides};
use crate::run::dispatch;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
use crate::run::dispatch::OneLevel;
use crate::run::level::HAS_VECTORS;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
use crate::run::level::is_expensive;
#[cfg(any(
    feature = "rayon",
    all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2")
))]
use crate::shape::element_count;
use crate::shape::{Instance, List, ListOf, Shape, is_one_lane, lane_axis, lane_len};

/// The side of a tile in elements. A tile of a transposed operand reads whole cache lines, and no
/// more of them than the first-level cache holds.
const TILE: usize = 16;

/// Writes every element of `source` to `dest`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn write<I: Instance, E: Source, S: Shape, L: Layout>(
    source: E,
    dest: Dest<'_, E::Elem, S, L>,
    shape: S,
) {
    // SAFETY: the shape `I::Of<S>` has the lengths of `S`, and the destination has an element at
    // each index of `S`.
    let dest = unsafe { Dest::<_, I::Of<S>, L>::new(dest.to) };
    if const { I::IS_SHARED } {
        shared_write(source, dest, I::of(shape));
    } else {
        write_here(source, dest, I::of(shape));
    }
}

/// As [`write()`], in a function that is not inlined.
#[inline(never)]
fn shared_write<E: Source, S: Shape, L: Layout>(
    source: E,
    dest: Dest<'_, E::Elem, S, L>,
    shape: S,
) {
    #[cfg(feature = "rayon")]
    if split::halved(
        (shape, (source, dest.to)),
        element_count(shape).saturating_mul(E::WEIGHT),
        split::MULTIPLE,
        |_| true,
        |shape, (source, to)| {
            // SAFETY: this part of the destination has an element at each index of the part's
            // shape.
            shared_write::<E, S, L>(source, unsafe { Dest::new(to) }, shape);
        },
    ) {
        return;
    }
    #[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
    if const { L::DENSE && !is_expensive(E::WEIGHT) }
        && stream::is_streamed::<E::Elem>(element_count(shape))
        // SAFETY: a destination that is streamed to is not empty, so the source is at an index of
        // its shape.
        && unsafe { is_contiguous::<E, S>(&source) }
        && let Some(run) = OneLevel::new()
    {
        // Memory is the limit at every level, so one version for AVX2 is enough.
        let to = dest.to;
        return run.run(
            #[cfg_attr(not(unoptimised), inline(always))]
            || write_past_caches::<E, S>(source, to, shape),
        );
    }
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || write_here(source, dest, shape),
    );
}

/// As [`write()`], inlined into the caller.
#[cfg_attr(not(unoptimised), inline(always))]
fn write_here<E: Source, S: Shape, L: Layout>(source: E, dest: Dest<'_, E::Elem, S, L>, shape: S) {
    each_piece(
        shape,
        (source, dest.to),
        #[cfg_attr(not(unoptimised), inline(always))]
        |(source, to), start, len| {
            // SAFETY: the walk visits indices of `shape`, which has no empty axis then; the
            // destination has an element at each, exclusively.
            unsafe {
                write_lane::<E, S, L>(
                    source,
                    to,
                    (start, len),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| x,
                );
            }
        },
    );
}

/// Writes `of(k, element)` for the `len` elements of the lane of `source` from `start` on, where
/// `k` counts from 0.
///
/// # Safety
/// The position is an index of `S`. `to` reaches an element for each of the lane, exclusively. The
/// lane has at least `start + len` elements.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn write_lane<E: Source, S: Shape, L: Layout>(
    source: &E,
    to: &Strides<*mut E::Elem>,
    (start, len): (usize, usize),
    of: impl Fn(usize, E::Elem) -> E::Elem,
) {
    let stride = to.strides[lane_axis::<S>()];
    // SAFETY: the caller keeps this function's contract.
    let lane = unsafe { source.lane::<S>() };
    if L::DENSE || stride == 1 {
        let first = to.at.wrapping_add(start).cast::<MaybeUninit<E::Elem>>();
        // SAFETY: the elements of the destination are adjacent, and borrowed exclusively.
        let out = unsafe { core::slice::from_raw_parts_mut(first, len) };
        // SAFETY: the lane has `len` elements from `start` on.
        unsafe { lane.write::<S, _>(start, out, of) };
    } else {
        for k in 0..len {
            let slot = to.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
            // SAFETY: the stride along the lane reaches the destination's elements, which are
            // borrowed exclusively; `start + k` is in the lane.
            unsafe { slot.write(of(k, lane.get::<S>(start + k))) };
        }
    }
}

/// As [`write()`], with streaming stores to a dense destination.
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
#[cfg_attr(not(unoptimised), inline(always))]
fn write_past_caches<E: Source, S: Shape>(source: E, to: Strides<*mut E::Elem>, shape: S) {
    let mut position = (source, to);
    let mut axes = Axes::new(shape, &position, |_| true);
    // SAFETY: the elements of a dense destination are adjacent. So are those of a part of it,
    // because outer axes are halved before inner ones. The walk visits exactly these elements, in
    // that order.
    let mut stream = unsafe { stream::Stream::new(position.1.at) };
    let len = axes.take_lane();
    loop {
        // SAFETY: the walk visits indices of `shape`, which has no empty axis.
        let lane = unsafe { position.0.lane::<S>() };
        stream.write(
            len,
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the lane has `len` elements, of which `start` have been written.
            |start, out| unsafe {
                lane.write::<S, _>(
                    start,
                    out,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| x,
                );
            },
        );
        if !axes.next(&mut position) {
            break;
        }
    }
    stream.finish();
}

/// Replaces every element of `dest`, which must be initialised, by `op` of it and the element of
/// `source`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn update<I: Instance, T: Copy + Send, E: Source, S: Shape, L: Layout>(
    dest: Dest<'_, T, S, L>,
    source: E,
    shape: S,
    op: impl Fn(T, E::Elem) -> T + Copy + Send + Sync,
) {
    // SAFETY: as in `write`.
    let dest = unsafe { Dest::<_, I::Of<S>, L>::new(dest.to) };
    if const { I::IS_SHARED } {
        shared_update(dest, source, I::of(shape), op);
    } else {
        update_here(dest, source, I::of(shape), op);
    }
}

/// As [`update`], in a function that is not inlined.
#[inline(never)]
fn shared_update<T: Copy + Send, E: Source, S: Shape, L: Layout>(
    dest: Dest<'_, T, S, L>,
    source: E,
    shape: S,
    op: impl Fn(T, E::Elem) -> T + Copy + Send + Sync,
) {
    #[cfg(feature = "rayon")]
    if split::halved(
        (shape, (source, dest.to)),
        element_count(shape).saturating_mul(E::WEIGHT),
        split::MULTIPLE,
        |_| true,
        move |shape, (source, to)| {
            // SAFETY: this part of the destination has an element at each index of the part's
            // shape.
            shared_update::<T, E, S, L>(unsafe { Dest::new(to) }, source, shape, op);
        },
    ) {
        return;
    }
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || update_here(dest, source, shape, op),
    );
}

/// As [`update`], inlined into the caller.
#[cfg_attr(not(unoptimised), inline(always))]
fn update_here<T: Copy + Send, E: Source, S: Shape, L: Layout>(
    dest: Dest<'_, T, S, L>,
    source: E,
    shape: S,
    op: impl Fn(T, E::Elem) -> T + Copy + Send + Sync,
) {
    let stride = dest.to.strides[lane_axis::<S>()];
    each_piece(
        shape,
        (source, dest.to),
        #[cfg_attr(not(unoptimised), inline(always))]
        |(source, to), start, len| {
            // SAFETY: the walk visits indices of `shape`, which has no empty axis then.
            let lane = unsafe { source.lane::<S>() };
            if L::DENSE || stride == 1 {
                // SAFETY: the `len` elements of the piece are adjacent in the destination,
                // initialised and borrowed exclusively.
                let out =
                    unsafe { core::slice::from_raw_parts_mut(to.at.wrapping_add(start), len) };
                // SAFETY: the lane has `len` elements from `start` on.
                unsafe { lane.update::<S, T>(start, out, &op) };
            } else {
                for j in start..start + len {
                    let element = to.at.wrapping_offset(stride.wrapping_mul(j as isize));
                    // SAFETY: the destination's stride along the lane reaches its elements, which
                    // are initialised and borrowed exclusively; `j` is in the lane.
                    unsafe { element.write(op(element.read(), lane.get::<S>(j))) };
                }
            }
        },
    );
}

/// Whether the lanes of `source` are contiguous. All are if one is.
///
/// # Safety
/// As for [`Source::lane`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn is_contiguous<E: Source, S: Shape>(source: &E) -> bool {
    if const { <E::Lane as Lane>::DENSE } {
        return true;
    }
    // SAFETY: the caller keeps this function's contract.
    unsafe { source.lane::<S>() }.is_contiguous::<S>()
}

/// Calls `body` with each piece of a lane of `shape`: the position at the start of the lane, the
/// index at which the piece starts, and its length. It is not called if an axis is empty. A piece
/// is a whole lane, or if an operand strides along the lanes, the part of the lane that is in a
/// tile.
#[cfg_attr(not(unoptimised), inline(always))]
fn each_piece<E: Source, T: Send, S: Shape>(
    shape: S,
    position: (E, Strides<*mut T>),
    body: impl Fn(&(E, Strides<*mut T>), usize, usize) + Sync,
) {
    if const { is_one_lane::<S>() } {
        // Without a walk, which the optimiser would set up in memory.
        return body(&position, 0, const { lane_len::<S>() });
    }
    if const { !HAS_VECTORS } {
        // Nested loops instead of a walk, whose indices would be in memory.
        let (list, lane) = (shape.into_list(), const { lane_axis::<S>() });
        let lens = list.lens();
        if lens.contains(&0) {
            return;
        }
        if let Some(len) = one_piece::<S>(&position, lens) {
            return body(&position, 0, len);
        }
        return list.each_place(
            position,
            0,
            const { AxisSet::of(lane_axis::<S>()) },
            #[cfg_attr(not(unoptimised), inline(always))]
            |position| body(&position, 0, lens[lane]),
        );
    }
    let axes = Axes::new(shape, &position, |_| true);
    if axes.is_empty() {
        return;
    }
    pieces_of::<E, T, S>(axes, position, &body);
}

/// The number of elements, if all lanes follow each other in memory for everything that has this
/// position.
#[cfg_attr(not(unoptimised), inline(always))]
fn one_piece<S: Shape>(position: &impl Steps, lens: PerAxis<usize>) -> Option<usize> {
    let (mut follow, mut axis) = (true, const { lane_axis::<S>() });
    let mut count = lens[axis];
    each_axis!(K => if const {
        K != lane_axis::<S>() && matches!(<ListOf<S> as List>::KINDS[K], AxisKind::Length(_))
    } {
        follow = follow && position.merges(K, axis, lens[axis]);
        (axis, count) = (K, count.wrapping_mul(lens[K]));
    });
    let _ = axis;
    follow.then_some(count)
}

/// As [`each_piece`], for the lanes along `axes`, none of which is empty.
#[cfg_attr(not(unoptimised), inline(always))]
fn pieces_of<E: Source, T, S: Shape>(
    mut axes: Axes,
    mut position: (E, Strides<*mut T>),
    body: &impl Fn(&(E, Strides<*mut T>), usize, usize),
) {
    let len = axes.take_lane();
    if const { <E::Lane as Lane>::DENSE } {
        // A separate loop, in which the optimiser sees that operands of the same stride move
        // together.
        let (axis, lanes) = axes.take();
        loop {
            for _ in 0..lanes {
                (*body)(&position, 0, len);
                position.step(axis, 1);
            }
            position.step(axis, -(lanes as isize));
            if !axes.next(&mut position) {
                return;
            }
        }
    }
    // Without tiles, a lane counts as a tile of its own length and one lane, so that there is only
    // one call of the body.
    let (mut side, mut axis, mut lanes) = (len, 0, 1);
    // SAFETY: no axis is empty, so this is an index of `shape`.
    if !unsafe { is_contiguous::<E, S>(&position.0) } {
        side = TILE;
        (axis, lanes) = axes.take();
    }
    loop {
        let mut first = 0;
        while first < lanes {
            let height = TILE.min(lanes - first);
            let mut start = 0;
            while start < len {
                for _ in 0..height {
                    (*body)(&position, start, side.min(len - start));
                    position.step(axis, 1);
                }
                position.step(axis, -(height as isize));
                start += side;
            }
            position.step(axis, height as isize);
            first += TILE;
        }
        position.step(axis, -(lanes as isize));
        if !axes.next(&mut position) {
            return;
        }
    }
}
