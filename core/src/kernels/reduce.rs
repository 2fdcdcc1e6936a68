//! Reduction over a set of axes: along lanes where the lane axis is reduced, across them where it
//! is kept.
//!
//! This chooses, by [`way`], which axes are reduced as far as the types tell. Below it are the
//! strategies: [`along`] lanes, each a [`lane`] or `joined` pieces of several, and `blocks` of a
//! large one for tasks; [`across`] them; `beside` each other. They fold in the order of the
//! [`tree`], to what [`sums`] and [`spread`] say, for a [`statistic`].

pub(crate) mod across;
pub(crate) mod along;
mod beside;
#[cfg(feature = "rayon")]
mod blocks;
pub(crate) mod elements;
mod joined;
pub(crate) mod lane;
pub(crate) mod spread;
pub(crate) mod statistic;
pub(crate) mod sums;
pub(crate) mod tree;
pub(crate) mod way;

use core::marker::PhantomData;

use self::across::{ColumnTile, SIDE, most_columns};
#[cfg(feature = "rayon")]
use super::split;
use crate::axes::{AxisKind, AxisSet, MAX_RANK};
use crate::kernels::reduce::along::{Group, LaneRegion};
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::statistic::{Results, Statistic};
use crate::kernels::reduce::way::{Way, reduces_lanes};
use crate::kernels::walk::Axes;
use crate::read::{Source, Steps};
use crate::run::dispatch;
use crate::run::level::HAS_VECTORS;
#[cfg(feature = "rayon")]
use crate::run::level::heaviest;
#[cfg(feature = "rayon")]
use crate::shape::element_count;
use crate::shape::{Instance, List, ListOf, Shape, is_one_lane, lane_axis, lane_len};

/// The most bytes that the accumulators of neighbours take on the stack; copies that the compiler
/// makes take up to twice as much again, and many times as much in builds that are not optimised.
/// Bare metal has little, and no memory that streams. No result depends on it, since neighbours are
/// reduced independently.
const TILE_BYTES: usize = if cfg!(all(feature = "std", not(unoptimised))) { 8 } else { 2 } * 1024;

/// The most bytes that the buffers of neighbouring regions take on the stack.
const GROUP_BYTES: usize = 2 * TILE_BYTES;

/// Threads take at least as many neighbouring columns, so that each reads memory in long runs.
#[cfg(feature = "rayon")]
const COLUMNS_APART: usize = 256;

/// How many columns of shape `S` are reduced at a time at most, with `state` bytes each: wide
/// enough for memory to stream, no wider than a lane. Each that there is room for takes a little
/// time, whether there is one or not.
const fn tile_width<S: Shape>(state: usize) -> usize {
    let most = if cfg!(unoptimised) || !HAS_VECTORS {
        SIDE
    } else if cfg!(feature = "std") {
        2048
    } else {
        32
    };
    let lane = match <ListOf<S> as List>::KINDS[lane_axis::<S>()] {
        AxisKind::Length(Some(len)) => len,
        _ => usize::MAX,
    };
    // What is so little waits for memory: the longer its rows are, the less.
    let bytes = if state <= 8 { 2 * TILE_BYTES } else { TILE_BYTES };
    let mut width = SIDE;
    while width < most && width < lane && 2 * width * state <= bytes {
        width *= 2;
    }
    width
}

/// How many neighbouring regions of several lanes of `T` are reduced at a time: each has a buffer
/// of a chunk.
const fn group<T>() -> usize {
    match GROUP_BYTES / (CHUNK * size_of::<T>()) {
        0..=3 => 1,
        4..=15 => 4,
        _ => 8,
    }
}

/// Writes `statistic` of `source` over `axes` to `to`, whose strides are along the axes of `shape`,
/// and 0 along `axes`.
///
/// # Safety
/// `to` reaches an element for every index of `shape`, exclusively.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn reduce<I: Instance, K: Way, E: Source, S: Shape, R: Statistic<E::Elem>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: impl Results<R::Output>,
) {
    let shape = I::of(shape);
    // SAFETY: the caller's promise.
    unsafe {
        if const { I::IS_SHARED } {
            shared::<K::In<I>, E, I::Of<S>, R, _>(statistic, source, shape, axes, to);
        } else {
            here::<K::In<I>, E, I::Of<S>, R, _>(statistic, source, shape, axes, to);
        }
    }
}

/// As [`reduce`], in a function of its own.
///
/// # Safety
/// As for [`reduce`].
#[inline(never)]
unsafe fn shared<K: Way, E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: W,
) {
    #[cfg(feature = "rayon")]
    if split::halved(
        (shape, (source, to)),
        (element_count(shape)
            / const { if beside::may_pay::<K, E, S>() { beside::PART } else { 1 } })
        .saturating_mul(const { heaviest([E::WEIGHT, R::WEIGHT]) }),
        COLUMNS_APART,
        |k| !axes.contains(k),
        |shape, (source, to)| {
            // SAFETY: the caller's promise; this part of the shape has the results that no other
            // has.
            unsafe { shared::<K, E, S, R, W>(statistic, source, shape, axes, to) };
        },
    ) {
        return;
    }
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { here::<K, E, S, R, W>(statistic, source, shape, axes, to) },
    );
}

/// As [`reduce`], inlined into the level's function.
///
/// # Safety
/// As for [`reduce`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn here<K: Way, E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: W,
) {
    if const { is_one_lane::<S>() && K::ALONE } {
        // No walk, which the optimiser would set up in memory.
        let count = const { lane_len::<S>() };
        let result = statistic.along(&mut LaneRegion::<S, E> { source, count, shape: PhantomData });
        // SAFETY: the shape has a position.
        return unsafe { to.write(0, 0, result) };
    }
    // A condition that is a constant to rustc itself: what is not called is not compiled.
    if const { !HAS_VECTORS && K::ONLY.is_some() } {
        let axis = const {
            match K::ONLY {
                Some(axis) => axis,
                None => 0,
            }
        };
        // SAFETY: the caller's promise; the axis is the one of `axes`.
        return unsafe { here_of_one::<K, E, S, R, W>(statistic, (source, to), shape, axis) };
    }
    let lens = shape.into_list().lens();
    let count: usize = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let position = (source, to);
    let kept = Axes::new(shape, &position, |k| !axes.contains(k));
    if kept.is_empty() {
        return;
    }
    let reduced = Axes::new(shape, &position.0, |k| axes.contains(k));
    if const { beside::may_pay::<K, E, S>() } && beside::pays::<E, S>(lens) {
        // SAFETY: the caller's promise.
        return unsafe { beside::reduce(statistic, position.0, shape, axes, position.1) };
    }
    let along =
        const { matches!(K::ALONG, Some(true)) } || K::ALONG.is_none() && reduces_lanes::<S>(axes);
    let given = ReductionRun::<_, S, _, _> {
        statistic,
        position,
        kept,
        reduced,
        count,
        shape: PhantomData,
    };
    if const { !matches!(K::ALONG, Some(false)) } && along {
        // SAFETY: the caller's promise.
        unsafe { given.along::<K>() };
    } else if const { !matches!(K::ALONG, Some(true)) } {
        // SAFETY: the caller's promise.
        unsafe { given.across() };
    }
}

/// As [`here`], over one axis, on a target without vectors: by loops in each other, instead of a walk,
/// whose indices would be in memory.
///
/// # Safety
/// As for [`reduce`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn here_of_one<K: Way, E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    position: (E, W),
    shape: S,
    axis: usize,
) {
    let (list, lane) = (shape.into_list(), const { lane_axis::<S>() });
    let lens = list.lens();
    let count = lens[axis % MAX_RANK];
    list.each_place(
        position,
        0,
        AxisSet::of(lane).with(axis),
        #[cfg_attr(not(unoptimised), inline(always))]
        |(source, to): (E, W)| {
            if const { K::ALONE } {
                let result =
                    statistic.along(&mut LaneRegion::<S, E> { source, count, shape: PhantomData });
                // SAFETY: the position is an index of the shape.
                return unsafe { to.write(0, 0, result) };
            }
            let mut start = 0;
            while start < lens[lane] {
                let (reduced, shape) = (Axes::of_one(axis, count), PhantomData);
                let column = &mut ColumnTile::<S, E, SIDE> {
                    source,
                    reduced,
                    start,
                    width: 1,
                    count,
                    shape,
                };
                statistic.across(
                    column,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    // SAFETY: `start` is below the length of the lane, so this is an index of the shape.
                    |_, result| unsafe { to.write(lane, start, result) },
                );
                start += 1;
            }
        },
    );
}

/// A reduction under way.
struct ReductionRun<E, S, R, W> {
    statistic: R,
    position: (E, W),
    kept: Axes,
    reduced: Axes,
    count: usize,
    shape: PhantomData<S>,
}
impl<E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>> ReductionRun<E, S, R, W> {
    /// # Safety
    /// As for [`reduce`]; lanes are reduced, and none of the kept axes is empty.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn along<K: Way>(mut self) {
        let len = self.reduced.take_lane();
        let inside = self.kept.is_inside(&self.reduced);
        // SAFETY: the caller's promise.
        unsafe {
            if const { K::ALONE } {
                self.regions();
            } else if const { matches!(K::INSIDE, Some(false)) || group::<E::Elem>() == 1 }
                || const { K::INSIDE.is_none() } && !inside
            {
                self.groups::<1>(len);
            } else if const { group::<E::Elem>() == 4 } {
                self.groups::<4>(len);
            } else {
                self.groups::<8>(len);
            }
        }
    }

    /// # Safety
    /// As for [`reduce`]; lanes are kept, and none of the kept axes is empty.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn across(self) {
        // SAFETY: the caller's promise.
        unsafe {
            if const { tile_width::<S>(R::STATE) == SIDE } {
                self.columns::<SIDE>();
            } else if const { tile_width::<S>(R::STATE) == 64 } {
                self.columns::<64>();
            } else if const { tile_width::<S>(R::STATE) == 128 } {
                self.columns::<128>();
            } else if const { tile_width::<S>(R::STATE) == 256 } {
                self.columns::<256>();
            } else if const { tile_width::<S>(R::STATE) == 512 } {
                self.columns::<512>();
            } else if const { tile_width::<S>(R::STATE) == 1024 } {
                self.columns::<1024>();
            } else {
                self.columns::<2048>();
            }
        }
    }

    /// Region by region; each is a lane.
    ///
    /// # Safety
    /// As for `along`; the axis of lanes is the only one that is reduced.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn regions(self) {
        let Self { statistic, mut position, mut kept, count, shape, .. } = self;
        let (axis, neighbours) = kept.take();
        loop {
            for _ in 0..neighbours {
                let result =
                    statistic.along(&mut LaneRegion::<S, E> { source: position.0, count, shape });
                // SAFETY: the position is an index of the shape.
                unsafe { position.1.write(0, 0, result) };
                position.step(axis, 1);
            }
            position.step(axis, -(neighbours as isize));
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// `N` neighbouring regions at a time, of lanes of length `len`.
    ///
    /// # Safety
    /// As for `along`.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn groups<const N: usize>(mut self, len: usize) {
        let axis = self.kept.innermost();
        let neighbours = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        loop {
            let mut start = 0;
            while start < neighbours {
                let width = N.min(neighbours - start);
                let (mut source, to) = position;
                source.step(axis, start as isize);
                let group =
                    &mut Group::<S, E, N> { source, reduced, axis, width, len, count, shape };
                // SAFETY: `start + g` is below the length of the axis, so this is an index of the
                // shape.
                statistic.across(
                    group,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |g, result| unsafe { to.write(axis, start + g, result) },
                );
                start += N;
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// `N` neighbouring columns at a time, across lanes.
    ///
    /// # Safety
    /// As for [`reduce`]; lanes are kept, and none of the kept axes is empty.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn columns<const N: usize>(mut self) {
        let len = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        let most = N.min(most_columns(count));
        loop {
            let mut start = 0;
            while start < len {
                let width = most.min(len - start);
                let (source, to) = position;
                let tile =
                    &mut ColumnTile::<S, E, N> { source, reduced, start, width, count, shape };
                // SAFETY: `start + c` is below the length of the lane, so this is an index of the
                // shape.
                statistic.across(
                    tile,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |c, result| unsafe { to.write(lane_axis::<S>(), start + c, result) },
                );
                start += width;
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }
}
