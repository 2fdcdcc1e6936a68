//! Reductions over a set of axes. If the lane axis is among the reduced axes, the elements of a
//! lane are folded with each other, *along* lanes; otherwise elements of different lanes are folded
//! with each other, *across* lanes.
//!
//! A [`Statistic`] is given the elements of one region, or of some neighbouring regions, and folds
//! them, once or several times, in the fixed order that [`tree`] defines. That order depends only
//! on the number of elements and on whether the lane axis is among the reduced axes. Threads may
//! share one region, in whole blocks. How many neighbouring regions are folded at a time
//! ([`width`]) changes no bit of the results.
//!
//! This module chooses how the elements are visited:
//!
//! - [`along`]: the lane axis is reduced. A region is one [`lane`], or several lanes that `joined`
//!   folds as one sequence. With the feature `rayon` the `blocks` of a large region are tasks.
//! - [`across`]: the lane axis is kept. Neighbouring columns are folded together, row by row.
//! - `beside`: the lane axis is reduced, but lanes are so short that 32 of them are folded side by
//!   side.
//!
//! [`sums`] and [`spread`] define the folds. [`way`] says which axes are reduced, as far as the
//! types tell: code for what the types rule out is not compiled.
//!
//! These modules write their own loops, in functions and closures that are `#[inline(always)]`:
//! `core::array::from_fn` and `Iterator::skip` are sometimes not inlined into the function of the
//! SIMD level, and are then compiled for the baseline of the target.
//!
//! A target without vectors, such as a Cortex-M, has little memory, and a build for size unrolls no
//! loops. So on such targets the kept axes are visited by nested loops instead of a walk, whose
//! indices would be in memory, and columns are folded one by one, with their states in registers.

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
use crate::run::adder::Adder;
use crate::run::dispatch;
use crate::run::level::HAS_VECTORS;
#[cfg(feature = "rayon")]
use crate::run::level::heaviest;
#[cfg(feature = "rayon")]
use crate::shape::element_count;
use crate::shape::{Instance, List, Shape, is_one_lane, lane_axis, lane_len};

/// The columns of each thread begin at an index that is a multiple of this number, so that each
/// thread reads memory in long runs.
#[cfg(feature = "rayon")]
const COLUMNS_APART: usize = 256;

/// Reduces `source` over `axes` by `statistic`, and writes the results to `to`. `to` has a stride
/// for each axis of `shape`; along `axes` the stride is 0.
///
/// # Safety
/// `to` reaches a result for every index of `shape`, and the caller has exclusive access to these
/// results.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn reduce<I: Instance, K: Way, E: Source, S: Shape, R: Statistic<E::Elem>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: impl Results<R::Output>,
) {
    let shape = I::of(shape);
    // SAFETY: the caller keeps this function's contract.
    unsafe {
        if const { I::IS_SHARED } {
            shared::<K::In<I>, E, I::Of<S>, R, _>(statistic, source, shape, axes, to);
        } else {
            here::<K::In<I>, E, I::Of<S>, R, _>(statistic, source, shape, axes, to, Adder::PLAIN);
        }
    }
}

/// As [`reduce`], in a function that is not inlined and that shapes of different lengths share.
///
/// # Safety
/// `to` exclusively reaches a result for every index of `shape`.
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
            // SAFETY: the caller keeps this function's contract, and only kept axes are split, so
            // no two parts of the shape share a result.
            unsafe { shared::<K, E, S, R, W>(statistic, source, shape, axes, to) };
        },
    ) {
        return;
    }
    dispatch::run_adding(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        |adder| unsafe { here::<K, E, S, R, W>(statistic, source, shape, axes, to, adder) },
    );
}

/// As [`reduce`], inlined into the caller, such as the function of a SIMD level.
///
/// # Safety
/// `to` exclusively reaches a result for every index of `shape`.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn here<K: Way, E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: W,
    adder: Adder,
) {
    if const { is_one_lane::<S>() && K::ALONE } {
        // A walk would be slower here, because the optimiser would set up the walk's indices in
        // memory.
        let count = const { lane_len::<S>() };
        let result = statistic.along(&mut LaneRegion::<S, E> { source, count, shape: PhantomData });
        // SAFETY: all elements are reduced, so `to` has room for one result, at its position.
        return unsafe { to.write(0, 0, result) };
    }
    // rustc itself evaluates this `const` condition, so it generates no code for this branch if the
    // condition is false.
    if const { !HAS_VECTORS && K::ONLY.is_some() } {
        let axis = const {
            match K::ONLY {
                Some(axis) => axis,
                None => 0,
            }
        };
        // SAFETY: the caller keeps this function's contract, and `axis` is the only reduced axis.
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
        // SAFETY: the caller keeps this function's contract. `may_pay` and `pays` are true, and
        // `may_pay` says that the lane axis is the only reduced axis.
        return unsafe { beside::reduce(statistic, position.0, shape, axes, position.1) };
    }
    let along =
        const { matches!(K::ALONG, Some(true)) } || K::ALONG.is_none() && reduces_lanes::<S>(axes);
    let given = ReductionRun::<_, S, _, _> {
        statistic,
        adder,
        position,
        kept,
        reduced,
        count,
        shape: PhantomData,
    };
    if const { !matches!(K::ALONG, Some(false)) } && along {
        // SAFETY: the caller keeps this function's contract. The lane axis is among the reduced
        // axes, as `along` says. No kept axis has length 0, because `kept.is_empty()` was false.
        unsafe { given.along::<K>() };
    } else if const { !matches!(K::ALONG, Some(true)) } {
        // SAFETY: the caller keeps this function's contract. The lane axis is kept, because `along`
        // is false. No kept axis has length 0, because `kept.is_empty()` was false.
        unsafe { given.across() };
    }
}

/// As [`here`], over the axis `axis` alone, on a target without vectors: by nested loops, because
/// the indices of a walk would be in memory.
///
/// # Safety
/// `position.1` exclusively reaches a result for every index of `shape`.
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
                // SAFETY: `each_place` visits only indices of the kept axes, and `to` has room for
                // a result at each of these.
                return unsafe { to.write(0, 0, result) };
            }
            let mut start = 0;
            while start < lens[lane] {
                let (reduced, shape) = (Axes::of_one(axis, count), PhantomData);
                let column = &mut ColumnTile::<S, E, SIDE> {
                    adder: Adder::PLAIN,
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
                    // SAFETY: `start` is less than `lens[lane]`, and `lane` is a kept axis, so `to`
                    // has room for a result at `start`.
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
    adder: Adder,
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
    /// `position.1` exclusively reaches a result at every index along the axes `kept`. The lane
    /// axis is among the reduced axes, and no kept axis has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn along<K: Way>(mut self) {
        let len = self.reduced.take_lane();
        let inside = self.kept.is_inside(&self.reduced);
        // SAFETY: the caller keeps this function's contract, which is also that of `groups`. For
        // `regions`, `K::ALONE` says that the lane axis is the only reduced axis.
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
    /// `position.1` exclusively reaches a result at every index along the axes `kept`. The lane
    /// axis is a kept axis, and no kept axis has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn across(self) {
        // SAFETY: the caller keeps this function's contract, which is also that of `columns`.
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

    /// Reduces one region at a time. Each region is one lane.
    ///
    /// # Safety
    /// `position.1` exclusively reaches a result at every index along the axes `kept`. No kept axis
    /// has length 0, and the lane axis is the only reduced axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn regions(self) {
        let Self { statistic, mut position, mut kept, count, shape, .. } = self;
        let (axis, neighbours) = kept.take();
        loop {
            for _ in 0..neighbours {
                let result =
                    statistic.along(&mut LaneRegion::<S, E> { source: position.0, count, shape });
                // SAFETY: the loops visit only indices of the kept axes, and `position.1` has room
                // for a result at each of these.
                unsafe { position.1.write(0, 0, result) };
                position.step(axis, 1);
            }
            position.step(axis, -(neighbours as isize));
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// Reduces at most `N` neighbouring regions at a time. Their lanes have the length `len`.
    ///
    /// # Safety
    /// `position.1` exclusively reaches a result at every index along the axes `kept`. The lane
    /// axis is among the reduced axes, and no kept axis has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn groups<const N: usize>(mut self, len: usize) {
        let axis = self.kept.innermost();
        let neighbours = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape, .. } = self;
        loop {
            let mut start = 0;
            while start < neighbours {
                let width = N.min(neighbours - start);
                let (mut source, to) = position;
                source.step(axis, start as isize);
                let group =
                    &mut Group::<S, E, N> { source, reduced, axis, width, len, count, shape };
                // SAFETY: `g` is less than `width`, so `start + g` is less than `neighbours`, the
                // number of results along `axis`.
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
    /// `position.1` exclusively reaches a result at every index along the axes `kept`. The lane
    /// axis is a kept axis, and no kept axis has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn columns<const N: usize>(mut self) {
        let len = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, adder, shape } = self;
        let most = N.min(most_columns(count));
        loop {
            let mut start = 0;
            while start < len {
                let width = most.min(len - start);
                let (source, to) = position;
                let tile = &mut ColumnTile::<S, E, N> {
                    source,
                    reduced,
                    start,
                    width,
                    count,
                    adder,
                    shape,
                };
                // SAFETY: `c` is less than `width`, so `start + c` is less than `len`, the number
                // of results along the lane axis.
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
