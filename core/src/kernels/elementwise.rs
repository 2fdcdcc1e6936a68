//! Elementwise evaluation: one pass over the destination, lane by lane, with the whole expression
//! inlined into the loop.
//!
//! 1. Operands that are not computed element by element, such as reductions, have been stored
//!    beforehand (`expr/operand.rs` decides which operands). So any element of the expression
//!    can be computed on its own, from the operands at its position.
//! 2. With the feature `rayon` a large shape is halved into tasks (`split`).
//! 3. A dense destination of 32 MiB or more is written with streaming stores (`stream`), if the
//!    function is cheap and its operands are contiguous.
//! 4. [`Axes`] merges axes that can be traversed as one axis in the destination and every operand.
//! 5. The walk visits one lane of the destination after another. The [`Lane`] of the source at that
//!    position runs the loop over the elements, which the compiler vectorises.
//! 6. If an operand is not contiguous along the lanes, because it is transposed for example, the
//!    walk visits tiles of 16 by 16 elements instead. So all elements of a cache line are used soon
//!    after it has been read.
//!
//! On targets without vectors, nested loops replace the walk, because the walk would keep its
//! indices in memory.

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

/// The number of lanes of a tile, and of elements of each lane in it. A tile of a transposed
/// operand uses whole cache lines if elements have 4 bytes or more, and all of its cache lines fit
/// in the first-level cache.
const TILE: usize = 16;

/// Writes every element of `source` to `dest`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn write<I: Instance, E: Source, S: Shape, L: Layout>(
    source: E,
    dest: Dest<'_, E::Elem, S, L>,
    shape: S,
) {
    // SAFETY: `dest` reaches a different element, exclusively, at each index of `shape`. The shape
    // `I::of(shape)`, which takes the place of `shape` below, has the same lengths.
    let dest = unsafe { Dest::<_, I::Of<S>, L>::new(dest.to) };
    if const { I::IS_SHARED } {
        shared_write(source, dest, I::of(shape));
    } else {
        write_here(source, dest, I::of(shape));
    }
}

/// Does the work of [`write()`] in a function that is not inlined, so that shapes which differ only
/// in their lengths share it. Chooses the SIMD level, and whether to split or to stream.
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
            // SAFETY: `shape` is a half of the shape of `dest`, and `to` is the position of that
            // half in `dest`. The two halves have no elements in common.
            shared_write::<E, S, L>(source, unsafe { Dest::new(to) }, shape);
        },
    ) {
        return;
    }
    #[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
    if const { L::DENSE && !is_expensive(E::WEIGHT) }
        && stream::is_streamed::<E::Elem>(element_count(shape))
        // SAFETY: `is_streamed` is true, so the destination is not empty, and `shape` has a first
        // index. `source` has not moved from that index.
        && unsafe { is_contiguous::<E, S>(&source) }
        && let Some(run) = OneLevel::new()
    {
        // The speed of memory is the limit at every SIMD level, so one version of the loop, for
        // AVX2, is enough.
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

/// Does the work of [`write()`], inlined into the caller.
#[cfg_attr(not(unoptimised), inline(always))]
fn write_here<E: Source, S: Shape, L: Layout>(source: E, dest: Dest<'_, E::Elem, S, L>, shape: S) {
    each_piece(
        shape,
        (source, dest.to),
        #[cfg_attr(not(unoptimised), inline(always))]
        |(source, to), start, len| {
            // SAFETY: `each_piece` calls this closure only with positions and pieces that are in
            // bounds in `shape`. `dest` has an element at each index of `shape`, which nothing else
            // accesses.
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

/// Writes `of(k, element)` to `to` for each of `len` elements of the lane of `source` at its
/// current position, from index `start` on. `k` is 0 for the first of these elements.
///
/// # Safety
/// `source` was made for the shape `S`, and the position of `source` is in bounds. The lane has at
/// least `start + len` elements. `to` has an element for each element of the lane, and nothing else
/// accesses the elements of `to`.
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
        // SAFETY: the stride along the lane is 1, so `to` has `len` contiguous elements from
        // `first` on, which nothing else accesses.
        let out = unsafe { core::slice::from_raw_parts_mut(first, len) };
        // SAFETY: the lane has `len` elements from `start` on.
        unsafe { lane.write::<S, _>(start, out, of) };
    } else {
        for k in 0..len {
            let slot = to.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
            // SAFETY: `start + k` is below the length of the lane, and `to` has an element there,
            // which nothing else accesses.
            unsafe { slot.write(of(k, lane.get::<S>(start + k))) };
        }
    }
}

/// Does the work of [`write()`] with streaming stores, for a dense destination that is not empty.
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
#[cfg_attr(not(unoptimised), inline(always))]
fn write_past_caches<E: Source, S: Shape>(source: E, to: Strides<*mut E::Elem>, shape: S) {
    let mut position = (source, to);
    let mut axes = Axes::new(shape, &position, |_| true);
    // SAFETY: the elements of a dense destination are contiguous. If the destination is a part that
    // was split off, its elements are contiguous too, because outer axes are halved before inner
    // axes. The loop below writes exactly these elements, in row-major order.
    let mut stream = unsafe { stream::Stream::new(position.1.at) };
    let len = axes.take_lane();
    loop {
        // SAFETY: the walk visits indices of `shape`, none of whose axes has length 0, because the
        // destination is not empty.
        let lane = unsafe { position.0.lane::<S>() };
        stream.write(
            len,
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: the lane has `len` elements, and `start + out.len()` is at most `len`.
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

/// Replaces every element `x` of `dest` by `op(x, y)`, where `y` is the element of `source` at the
/// same index. The elements of `dest` must be initialised.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn update<I: Instance, T: Copy + Send, E: Source, S: Shape, L: Layout>(
    dest: Dest<'_, T, S, L>,
    source: E,
    shape: S,
    op: impl Fn(T, E::Elem) -> T + Copy + Send + Sync,
) {
    // SAFETY: `dest` reaches a different element, exclusively, at each index of `shape`. The shape
    // `I::of(shape)`, which takes the place of `shape` below, has the same lengths.
    let dest = unsafe { Dest::<_, I::Of<S>, L>::new(dest.to) };
    if const { I::IS_SHARED } {
        shared_update(dest, source, I::of(shape), op);
    } else {
        update_here(dest, source, I::of(shape), op);
    }
}

/// Does the work of [`update`] in a function that is not inlined, so that shapes which differ only
/// in their lengths share it.
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
            // SAFETY: `shape` is a half of the shape of `dest`, and `to` is the position of that
            // half in `dest`. The two halves have no elements in common.
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

/// Does the work of [`update`], inlined into the caller.
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
            // SAFETY: `each_piece` calls this closure only with positions that are in bounds in
            // `shape`.
            let lane = unsafe { source.lane::<S>() };
            if L::DENSE || stride == 1 {
                // SAFETY: the stride along the lane is 1, so the `len` elements of the piece are
                // contiguous in `dest`. They are initialised, and nothing else accesses them.
                let out =
                    unsafe { core::slice::from_raw_parts_mut(to.at.wrapping_add(start), len) };
                // SAFETY: the lane has `len` elements from `start` on.
                unsafe { lane.update::<S, T>(start, out, &op) };
            } else {
                for j in start..start + len {
                    let element = to.at.wrapping_offset(stride.wrapping_mul(j as isize));
                    // SAFETY: `j` is below the length of the lane. `dest` has an initialised
                    // element there, which nothing else accesses.
                    unsafe { element.write(op(element.read(), lane.get::<S>(j))) };
                }
            }
        },
    );
}

/// Whether the lanes of `source` are contiguous. The function only looks at the lane at the current
/// position, because all lanes have the same strides.
///
/// # Safety
/// `source` was made for the shape `S`, and its position is in bounds.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn is_contiguous<E: Source, S: Shape>(source: &E) -> bool {
    if const { <E::Lane as Lane>::DENSE } {
        return true;
    }
    // SAFETY: the caller keeps this function's contract.
    unsafe { source.lane::<S>() }.is_contiguous::<S>()
}

/// Calls `body` with each piece of each lane of `shape`. The arguments are the position at the
/// start of the lane, the index along the lane at which the piece starts, and the length of the
/// piece. If an axis has length 0, `body` is not called.
///
/// Usually a piece is a whole lane. If an operand is not contiguous along the lanes, a piece is the
/// part of a lane that is in one tile.
#[cfg_attr(not(unoptimised), inline(always))]
fn each_piece<E: Source, T: Send, S: Shape>(
    shape: S,
    position: (E, Strides<*mut T>),
    body: impl Fn(&(E, Strides<*mut T>), usize, usize) + Sync,
) {
    if const { is_one_lane::<S>() } {
        // A shape with a single lane needs no walk, which the optimiser would set up in memory.
        return body(&position, 0, const { lane_len::<S>() });
    }
    if const { !HAS_VECTORS } {
        // Nested loops take the place of a walk, which would keep its indices in memory.
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

/// The number of elements of the shape, if the lanes follow each other without gaps in the
/// destination and in every operand that `position` moves. Then all lanes together are one piece.
/// Otherwise `None`.
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

/// Calls `body` with each piece, as [`each_piece`] does. `axes` are the axes of the shape, none of
/// which has length 0.
#[cfg_attr(not(unoptimised), inline(always))]
fn pieces_of<E: Source, T, S: Shape>(
    mut axes: Axes,
    mut position: (E, Strides<*mut T>),
    body: &impl Fn(&(E, Strides<*mut T>), usize, usize),
) {
    let len = axes.take_lane();
    if const { <E::Lane as Lane>::DENSE } {
        // Dense operands have a separate loop, in which the optimiser sees that operands with the
        // same strides move together.
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
    // If all operands are contiguous, the loop below takes one whole lane at a time. Otherwise it
    // takes tiles of `TILE` elements of each of `TILE` lanes. It is one loop for both, so that
    // `body` is inlined only once.
    let (mut side, mut axis, mut lanes) = (len, 0, 1);
    // SAFETY: no axis has length 0, so `position` is at the first index of the shape.
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
