//! Reduction over a set of axes: along lanes where the lane axis is reduced, across them where it is kept.

use core::marker::PhantomData;

use super::across::Tile;
use super::along::{CHUNK, Group, Lanes};
use super::tree::{Fold, levels_across};
use super::walk::Axes;
use super::{beside, split};
use crate::axes::{AxisKind, AxisSet};
use crate::read::{Source, Steps, Strides};
use crate::run::level::heaviest;
use crate::shape::{List, ListOf, Shape, lane_axis};

/// Something to compute of all elements along the reduced axes.
pub trait Statistic<T: Copy>: Copy + Send + Sync {
    /// What it gives.
    type Output: Copy + Send;
    /// How many bytes an accumulator of it takes.
    const STATE: usize;
    /// How many additions it takes as long as, roughly, for each element.
    const WEIGHT: usize = 1;
    /// Of the elements of one region.
    fn along(self, region: &mut impl Region<T>) -> Self::Output;
    /// Of the elements of each of some columns: gives the column and its result to `give`.
    fn across<const N: usize>(self, columns: &mut impl Columns<T, N>, give: impl FnMut(usize, Self::Output));
}

/// The elements of a region, or of neighbouring columns. They can be visited as often as needed.
pub trait Elements<T>: Copy {
    /// How many a region or a column has.
    fn count(&self) -> usize;
    /// Gives the column, 0 of a region, and the element to `to`, each one, in row-major order.
    fn visit(&mut self, to: impl FnMut(usize, T));
}

/// The elements that reduce to one result.
pub trait Region<T>: Elements<T> {
    /// Folds them, mapped by `map`, in the order of the tree.
    #[inline(always)]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(T) -> U + Sync) -> F::State {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold). If `DEAR`, `map` takes as long as many additions, or the elements do: they are computed to a buffer first, in a
    /// loop that vectorises, where one over leaves would be too long to.
    fn fold_by<U: Copy, F: Fold<U>, const DEAR: bool>(&mut self, map: impl Fn(T) -> U + Sync) -> F::State;
    /// The place of the first, in row-major order, for which `wanted` holds; the count where there is none.
    fn first(&mut self, wanted: impl Fn(T) -> bool) -> usize;
}

/// Neighbouring columns of elements, each of which reduces to one result.
pub trait Columns<T, const N: usize>: Elements<T> {
    /// How many columns there are, at most `N`.
    fn width(&self) -> usize;
    /// Folds those of each column, mapped by `map` from the column's index and the element, in the order of the tree.
    #[inline(always)]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(usize, T) -> U + Sync) -> F::Planes<N> {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold), for a `map` that is `DEAR` as in [`Region::fold_by`].
    fn fold_by<U: Copy, F: Fold<U>, const DEAR: bool>(
        &mut self,
        map: impl Fn(usize, T) -> U + Sync,
    ) -> F::Planes<N>;
    /// Gives to `give` the place in each column of the first for which `wanted` holds; the count where there is none.
    fn first(&mut self, wanted: impl Fn(usize, T) -> bool, give: impl FnMut(usize, usize));
}

/// Where results are written: a position in the shape that is reduced.
pub(crate) trait Results<O>: Steps + Copy + Send {
    /// Writes a result `steps` along axis `axis` from the position.
    ///
    /// # Safety
    /// That is an index of the shape, and its result is borrowed exclusively.
    unsafe fn write(&self, axis: usize, steps: usize, result: O);
}
impl<O: Send> Results<O> for Strides<*mut O> {
    #[inline(always)]
    unsafe fn write(&self, axis: usize, steps: usize, result: O) {
        let at = self.at.wrapping_offset(self.strides[axis].wrapping_mul(steps as isize));
        // SAFETY: the caller's promise.
        unsafe { at.write(result) };
    }
}
impl<A: Send, B: Send> Results<(A, B)> for (Strides<*mut A>, Strides<*mut B>) {
    #[inline(always)]
    unsafe fn write(&self, axis: usize, steps: usize, (a, b): (A, B)) {
        // SAFETY: the caller's promise.
        unsafe { (self.0.write(axis, steps, a), self.1.write(axis, steps, b)) };
    }
}

/// Which axes are reduced, as far as the types tell: what cannot be is not compiled.
pub(crate) trait Way {
    /// Whether lanes are reduced.
    const ALONG: Option<bool>;
    /// Whether a reduced axis stands outside one that is kept.
    const INSIDE: Option<bool>;
    /// Whether the lanes are known to be all that is reduced.
    const ALONE: bool;
}

/// All axes of the shape `S` are reduced.
pub(crate) struct Everything<S>(PhantomData<S>);
impl<S: Shape> Way for Everything<S> {
    const ALONG: Option<bool> = Some(true);
    const INSIDE: Option<bool> = Some(false);
    const ALONE: bool = Keeping::<S, ()>::is_alone();
}

/// The shape `S` is reduced to `K`, which has `One` for each reduced axis; other shapes tell nothing.
pub(crate) struct Keeping<S, K>(PhantomData<(S, K)>);
impl<S: Shape, K: Shape> Keeping<S, K> {
    const fn length(k: usize) -> bool {
        matches!(<ListOf<S> as List>::KINDS[k], AxisKind::Length(_))
    }
    const fn kept(k: usize) -> bool {
        Self::length(k) && matches!(<ListOf<K> as List>::KINDS[k], AxisKind::Length(_))
    }
    /// Whether the lane axis is reduced, and no other.
    const fn is_alone() -> bool {
        let (mut k, mut alone) = (0, true);
        while k < S::RANK {
            alone &= !Self::length(k) || Self::kept(k) != (k == lane_axis::<S>());
            k += 1;
        }
        alone
    }
    const fn inside() -> bool {
        let (mut k, mut kept) = (0, false);
        while k < S::RANK {
            if kept && Self::length(k) && !Self::kept(k) {
                return true;
            }
            kept |= Self::kept(k);
            k += 1;
        }
        false
    }
}
impl<S: Shape, K: Shape> Way for Keeping<S, K> {
    const ALONG: Option<bool> = if S::RANK == K::RANK { Some(!Self::kept(lane_axis::<S>())) } else { None };
    const INSIDE: Option<bool> = if S::RANK == K::RANK { Some(Self::inside()) } else { None };
    const ALONE: bool = S::RANK == K::RANK && Self::is_alone();
}

/// Whether lanes of `S` are reduced when `axes` are.
#[inline(always)]
pub(crate) fn reduces_lanes<S: Shape>(axes: AxisSet) -> bool {
    let axis = lane_axis::<S>();
    axes.contains(axis) || !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
}

/// The most bytes that the accumulators of neighbours take on the stack; copies that the compiler makes take up to twice as much again, and
/// many times as much in builds that are not optimised. Bare metal has little, and no memory that streams. No result depends on it,
/// since neighbours are reduced independently.
const TILE_BYTES: usize = if cfg!(all(feature = "std", not(debug_assertions))) { 16 } else { 2 } * 1024;

/// Threads take at least as many neighbouring columns, so that each reads memory in long runs.
const COLUMNS_APART: usize = 256;

/// How many columns of shape `S` are reduced at a time, with `state` bytes each: wide enough for memory to stream, no wider than a lane.
const fn tile_width<S: Shape>(state: usize) -> usize {
    let most = TILE_BYTES / (state * (1 + levels_across::<S>(lane_axis::<S>())));
    let lane = match <ListOf<S> as List>::KINDS[lane_axis::<S>()] {
        AxisKind::Length(Some(len)) => len,
        _ => usize::MAX,
    };
    let mut width = 32;
    while width < 2048 && width < lane && 2 * width <= most {
        width *= 2;
    }
    width
}

/// How many neighbouring regions of several lanes of `T` are reduced at a time: each has a buffer of a chunk.
const fn group<T>() -> usize {
    match TILE_BYTES / (CHUNK * size_of::<T>()) {
        0..=3 => 1,
        4..=15 => 4,
        _ => 8,
    }
}

/// Writes `statistic` of `source` over `axes` to `to`, whose strides are along the axes of `shape`, and 0 along `axes`.
///
/// # Safety
/// `to` reaches an element for every index of `shape`, exclusively.
// Inlined into the level's function; but where nothing is optimised, a frame of its own frees the stack for the next reduction.
#[cfg_attr(debug_assertions, inline(never))]
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn reduce<K: Way, E: Source, S: Shape, R: Statistic<E::Elem>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: impl Results<R::Output>,
) {
    let lens = shape.into_list().lens();
    let count: usize = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let position = (source, to);
    let kept = Axes::new(shape, &position, |k| !axes.contains(k));
    if kept.is_empty() {
        return;
    }
    let reduced = Axes::new(shape, &position.0, |k| axes.contains(k));
    if const { beside::pays::<K, E, S>() } {
        // SAFETY: the caller's promise.
        return unsafe { beside::reduce(statistic, position.0, shape, axes, position.1) };
    }
    let along = const { matches!(K::ALONG, Some(true)) } || K::ALONG.is_none() && reduces_lanes::<S>(axes);
    split::each::<S, _, 1>(
        (kept, position),
        (count.saturating_mul(const { heaviest([E::WEIGHT, R::WEIGHT]) }), COLUMNS_APART),
        #[inline(always)]
        |kept, position| {
            let given = Given::<_, S, _, _> { statistic, position, kept, reduced, count, shape: PhantomData };
            if const { !matches!(K::ALONG, Some(false)) } && along {
                // SAFETY: the caller's promise.
                unsafe { given.along::<K>() };
            } else if const { !matches!(K::ALONG, Some(true)) } {
                // SAFETY: the caller's promise.
                unsafe { given.across() };
            }
        },
    );
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
    /// # Safety
    /// As for [`reduce`]; lanes are reduced, and none of the kept axes is empty.
    #[inline(always)]
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
    #[inline(always)]
    unsafe fn across(self) {
        // SAFETY: the caller's promise.
        unsafe {
            if const { tile_width::<S>(R::STATE) == 32 } {
                self.columns::<32>();
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
    #[inline(always)]
    unsafe fn regions(self) {
        let Self { statistic, mut position, mut kept, count, shape, .. } = self;
        let (axis, neighbours) = kept.take();
        loop {
            for _ in 0..neighbours {
                let result = statistic.along(&mut Lanes::<S, E> { source: position.0, count, shape });
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
    #[inline(always)]
    unsafe fn groups<const N: usize>(mut self, len: usize) {
        let axis = self.kept.innermost();
        let neighbours = self.kept.take_lane();
        let Self { statistic, mut position, mut kept, reduced, count, shape } = self;
        loop {
            for start in (0..neighbours).step_by(N) {
                let width = N.min(neighbours - start);
                let (mut source, to) = position;
                source.step(axis, start as isize);
                let group = &mut Group::<S, E, N> { source, reduced, axis, width, len, count, shape };
                // SAFETY: `start + g` is below the length of the axis, so this is an index of the shape.
                statistic.across(
                    group,
                    #[inline(always)]
                    |g, result| unsafe { to.write(axis, start + g, result) },
                );
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
                let (source, to) = position;
                let tile = &mut Tile::<S, E, N> { source, reduced, start, width, count, shape };
                // SAFETY: `start + c` is below the length of the lane, so this is an index of the shape.
                statistic.across(
                    tile,
                    #[inline(always)]
                    |c, result| unsafe { to.write(lane_axis::<S>(), start + c, result) },
                );
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }
}
