//! Reductions over a set of axes: along lanes where the lane axis is reduced, across lanes where it
//! is kept.
//!
//! A [`Statistic`] is given the elements of one region, or of some neighbours, and folds them, as
//! often as it needs to, in the fixed order that [`tree`] defines. That order depends on the number
//! of elements and on whether lanes are reduced, and on nothing else; it may be split at blocks.
//! The number of neighbours that are taken at a time ([`width`]) changes no bit.
//!
//! This module chooses how the elements are visited:
//!
//! - [`along`]: the lane axis is reduced. A region is one [`lane`], or several whose pieces are
//!   `joined`. With the feature `rayon` the `blocks` of a large region are tasks.
//! - [`across`]: the lane axis is kept. Neighbouring columns are folded, row by row.
//! - `beside`: the lanes are reduced, but are so short that 32 of them are folded side by side.
//!
//! [`sums`] and [`spread`] define what is folded. [`way`] says which axes are reduced, as far as
//! the types tell: code for what the types rule out is not compiled.
//!
//! Every closure and every loop in these modules is this crate's own and `#[inline(always)]`.
//! `core::array::from_fn` and `Iterator::skip` are sometimes not inlined into the function of the
//! SIMD level, and are then compiled for the baseline of the target.
//!
//! A target without vectors, such as a Cortex-M, has no memory to spare, and a build for size
//! unrolls no loops. There the loops over the kept axes are nested instead of a walk, whose indices
//! would be in memory, and columns are folded one by one, with their states in registers.

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
mod width;

use core::marker::PhantomData;

use self::across::{ColumnTile, SIDE, most_columns};
use self::width::{group, tile_width};
#[cfg(feature = "rayon")]
use super::split;
use crate::axes::{AxisSet, MAX_RANK};
use crate::kernels::reduce::along::{Group, LaneRegion};
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
use crate::shape::{Instance, List, Shape, is_one_lane, lane_axis, lane_len};

/// Columns are divided among threads at multiples of this number, so that each thread reads memory
/// in long runs.
#[cfg(feature = "rayon")]
const COLUMNS_APART: usize = 256;

/// Writes the `statistic` of `source` over `axes` to `to`, which has a stride for each axis of
/// `shape`: 0 for those of `axes`.
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

/// As [`reduce`], in a function that is not inlined and that shapes of different lengths share.
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
            // SAFETY: the caller's promise; no two parts of the shape share a result.
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

/// As [`reduce`], inlined into the caller, such as the function of a SIMD level.
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
        // Without a walk, which the optimiser would set up in memory.
        let count = const { lane_len::<S>() };
        let result = statistic.along(&mut LaneRegion::<S, E> { source, count, shape: PhantomData });
        // SAFETY: the shape has a position.
        return unsafe { to.write(0, 0, result) };
    }
    // rustc itself knows this constant condition, so it does not compile the branch not taken.
    if const { !HAS_VECTORS && K::ONLY.is_some() } {
        let axis = const {
            match K::ONLY {
                Some(axis) => axis,
                None => 0,
            }
        };
        // SAFETY: the caller's promise; `axis` is the only one of `axes`.
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

/// As [`here`], over one axis, on a target without vectors: by nested loops instead of a walk,
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
                    // SAFETY: `start` is below the length of the lane, so this is an index of
                    // the shape.
                    |_, result| unsafe { to.write(lane, start, result) },
                );
                start += 1;
            }
        },
    );
}

/// A reduction that is being computed.
struct ReductionRun<E, S, R, W> {
    statistic: R,
    position: (E, W),
    kept: Axes,
    reduced: Axes,
    count: usize,
    shape: PhantomData<S>,
}
impl<E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>> ReductionRun<E, S, R, W> {
    /// Reduces along lanes.
    ///
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

    /// Reduces across lanes.
    ///
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

    /// Reduces one region at a time, each of which is one lane.
    ///
    /// # Safety
    /// As for `along`; the lane axis is the only one that is reduced.
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

    /// Reduces `N` neighbouring regions at a time, whose lanes have the length `len`.
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

    /// Reduces at most `N` neighbouring columns at a time, across lanes.
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
