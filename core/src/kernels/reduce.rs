//! Reduction over a set of axes: along lanes where the lane axis is reduced, across them where it is kept.

use core::marker::PhantomData;

use super::across::Tile;
use super::along::{Group, Lanes};
use super::tree::{Fold, levels_across};
use super::walk::{Axes, Steps, Strides, lane_axis};
use crate::expr::Source;
use crate::shape::{AxisKind, AxisSet, List, ListOf, Shape};

/// Something to compute of all elements along the reduced axes.
pub trait Statistic<T: Copy>: Copy {
    /// What it gives.
    type Output: Copy;
    /// How many bytes an accumulator of it takes.
    const STATE: usize;
    /// Of the elements of one region.
    fn along(self, region: &mut impl Region<T>) -> Self::Output;
    /// Of the elements of each of some columns.
    fn across<const N: usize>(self, columns: &mut impl Columns<T, N>) -> [Self::Output; N];
}

/// The elements that reduce to one result. They can be visited as often as needed.
pub trait Region<T> {
    /// How many there are.
    fn count(&self) -> usize;
    /// Folds them, mapped by `map`, in the order of the tree.
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(T) -> U) -> F::State;
}

/// Neighbouring columns of elements, each of which reduces to one result.
pub trait Columns<T, const N: usize> {
    /// How many elements a column has.
    fn count(&self) -> usize;
    /// Folds those of each column, mapped by `map` from the column's index and the element, in the order of the tree.
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(usize, T) -> U) -> F::Planes<N>;
}

/// Where results are written: a position in the shape that is reduced.
pub(crate) trait Results<O>: Steps + Copy {
    /// Writes a result `steps` along axis `axis` from the position.
    ///
    /// # Safety
    /// That is an index of the shape, and its result is borrowed exclusively.
    unsafe fn write(&self, axis: usize, steps: usize, result: O);
}
impl<O> Results<O> for Strides<*mut O> {
    #[inline(always)]
    unsafe fn write(&self, axis: usize, steps: usize, result: O) {
        let at = self.at.wrapping_offset(self.strides[axis].wrapping_mul(steps as isize));
        // SAFETY: the caller's promise.
        unsafe { at.write(result) };
    }
}
impl<A, B> Results<(A, B)> for (Strides<*mut A>, Strides<*mut B>) {
    #[inline(always)]
    unsafe fn write(&self, axis: usize, steps: usize, (a, b): (A, B)) {
        // SAFETY: the caller's promise.
        unsafe { (self.0.write(axis, steps, a), self.1.write(axis, steps, b)) };
    }
}

/// Whether lanes of `S` are reduced when `axes` are.
#[inline(always)]
pub(crate) fn reduces_lanes<S: Shape>(axes: AxisSet) -> bool {
    let axis = lane_axis::<S>();
    axes.contains(axis) || !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
}

/// The most bytes that the accumulators of neighbouring columns take on the stack.
const TILE_BYTES: usize = 16 * 1024;

/// How many columns of shape `S` are reduced at a time, with `state` bytes each: wide enough for memory to stream, no wider than a lane.
const fn tile_width<S: Shape>(state: usize) -> usize {
    let most = TILE_BYTES / (state * (1 + levels_across::<S>(lane_axis::<S>())));
    let most = match <ListOf<S> as List>::KINDS[lane_axis::<S>()] {
        AxisKind::Length(Some(len)) if len < most => len.next_power_of_two(),
        _ => most,
    };
    match most {
        0..=32 => 32,
        33..=256 => 256,
        257..=1024 => 1024,
        _ => 2048,
    }
}

/// Writes `statistic` of `source` over `axes` to `to`, whose strides are along the axes of `shape`, and 0 along `axes`.
///
/// # Safety
/// `to` reaches an element for every index of `shape`, exclusively.
#[inline(always)]
pub(crate) unsafe fn reduce<E: Source, S: Shape, R: Statistic<E::Elem>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: impl Results<R::Output>,
) {
    let lens = shape.into_list().lens();
    let count = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let position = (source, to);
    let kept = Axes::new(shape, &position, |k| !axes.contains(k));
    if kept.is_empty() {
        return;
    }
    let reduced = Axes::new(shape, &position.0, |k| axes.contains(k));
    let given = Given::<_, S, _, _> { statistic, position, kept, reduced, count, shape: PhantomData };
    // SAFETY: the caller's promise.
    unsafe {
        if !reduces_lanes::<S>(axes) {
            match const { tile_width::<S>(R::STATE) } {
                32 => given.columns::<32>(),
                256 => given.columns::<256>(),
                1024 => given.columns::<1024>(),
                _ => given.columns::<2048>(),
            }
        } else if kept.innermost() < reduced.second() {
            match const { size_of::<E::Elem>() } {
                0..=4 => given.groups::<8>(),
                _ => given.groups::<4>(),
            }
        } else {
            given.regions();
        }
    }
}

/// A reduction under way.
struct Given<E, S, R, W> {
    statistic: R,
    position: (E, W),
    kept: Axes,
    reduced: Axes,
    count: usize,
    shape: PhantomData<S>,
}
impl<E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>> Given<E, S, R, W> {
    /// Region by region, along lanes.
    ///
    /// # Safety
    /// As for [`reduce`]; lanes are reduced, and none of the kept axes is empty.
    #[inline(always)]
    unsafe fn regions(mut self) {
        let len = self.reduced.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        loop {
            let source = &mut position.0;
            let result = statistic.along(&mut Lanes { source, reduced, len, count, shape });
            // SAFETY: the position is an index of the shape.
            unsafe { position.1.write(0, 0, result) };
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// `N` neighbouring regions at a time, along lanes.
    ///
    /// # Safety
    /// As for `regions`, and an axis is kept.
    #[inline(always)]
    unsafe fn groups<const N: usize>(mut self) {
        let len = self.reduced.take_lane();
        let axis = self.kept.innermost();
        let neighbours = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        loop {
            for start in (0..neighbours).step_by(N) {
                let width = N.min(neighbours - start);
                let source = &mut position.0;
                source.step(axis, start as isize);
                let group = &mut Group::<S, E, N> { source, reduced, axis, width, len, count, shape };
                let results = statistic.across(group);
                position.0.step(axis, -(start as isize));
                for (g, &result) in results.iter().enumerate().take(width) {
                    // SAFETY: `start + g` is below the length of the axis, so this is an index of the shape.
                    unsafe { position.1.write(axis, start + g, result) };
                }
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
    #[inline(always)]
    unsafe fn columns<const N: usize>(mut self) {
        let len = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        loop {
            for start in (0..len).step_by(N) {
                let width = N.min(len - start);
                let source = &mut position.0;
                let results =
                    statistic.across(&mut Tile::<S, E, N> { source, reduced, start, width, count, shape });
                for (c, &result) in results.iter().enumerate().take(width) {
                    // SAFETY: `start + c` is below the length of the lane, so this is an index of the shape.
                    unsafe { position.1.write(lane_axis::<S>(), start + c, result) };
                }
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }
}
