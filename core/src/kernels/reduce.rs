//! Reduction over a set of axes: along lanes where the lane axis is reduced, across them where it is kept.

use super::tree::{Across, Along, COLUMNS, LEVELS, Monoid, levels_across, levels_along};
use super::walk::{Axes, Strides, lane_axis};
use crate::expr::{Lane, Source};
use crate::shape::{AxisKind, AxisSet, List, ListOf, Shape};

/// Something to compute of all elements along the reduced axes.
pub trait Statistic<T>: Copy {
    /// What it gives.
    type Output: crate::Element;
    /// Of the elements of one region.
    fn along(self, region: &mut impl Region<T>) -> Self::Output;
    /// Of the elements of each of some columns.
    fn across(self, columns: &mut impl Columns<T>) -> [Self::Output; COLUMNS];
}

/// The elements that reduce to one result. They can be visited as often as needed.
pub trait Region<T> {
    /// How many there are.
    fn count(&self) -> usize;
    /// Combines them, mapped by `map`, in the order of the tree.
    fn fold<M: Monoid>(&mut self, map: impl Fn(T) -> M::Value) -> M::Value;
}

/// Neighbouring columns of elements, each of which reduces to one result.
pub trait Columns<T> {
    /// How many elements a column has.
    fn count(&self) -> usize;
    /// Combines those of each column, mapped by `map` from the column's index and the element, in the order of the tree.
    fn fold<M: Monoid>(&mut self, map: impl Fn(usize, T) -> M::Value) -> [M::Value; COLUMNS];
}

struct Lanes<'p, S, E> {
    source: &'p mut E,
    reduced: Axes,
    /// How long a lane is that is reduced; 0 when the region is empty.
    len: usize,
    count: usize,
    shape: core::marker::PhantomData<S>,
}
impl<S: Shape, E: Source> Region<E::Elem> for Lanes<'_, S, E> {
    #[inline(always)]
    fn count(&self) -> usize {
        self.count
    }
    #[inline(always)]
    fn fold<M: Monoid>(&mut self, map: impl Fn(E::Elem) -> M::Value) -> M::Value {
        // The stack is as deep as the shape needs: a small one folds on a microcontroller.
        match const { levels_along::<S>() } {
            0 => self.fold_in::<M, 0>(map),
            1..=8 => self.fold_in::<M, 8>(map),
            _ => self.fold_in::<M, LEVELS>(map),
        }
    }
}
impl<S: Shape, E: Source> Lanes<'_, S, E> {
    #[inline(always)]
    fn fold_in<M: Monoid, const L: usize>(&mut self, map: impl Fn(E::Elem) -> M::Value) -> M::Value {
        let mut tree = Along::<M, L>::new();
        if self.count > 0 {
            loop {
                // SAFETY: the walk visits positions of `S`, and no reduced axis is empty.
                let lane = unsafe { self.source.lane::<S>() };
                // SAFETY: `j` is below the length of the lane.
                tree.feed(self.len, |j| map(unsafe { lane.get::<S>(j) }));
                if !self.reduced.next(self.source) {
                    break;
                }
            }
        }
        tree.finish()
    }
}

struct Tile<'p, S, E> {
    source: &'p mut E,
    reduced: Axes,
    start: usize,
    width: usize,
    count: usize,
    shape: core::marker::PhantomData<S>,
}
impl<S: Shape, E: Source> Columns<E::Elem> for Tile<'_, S, E> {
    #[inline(always)]
    fn count(&self) -> usize {
        self.count
    }
    #[inline(always)]
    fn fold<M: Monoid>(&mut self, map: impl Fn(usize, E::Elem) -> M::Value) -> [M::Value; COLUMNS] {
        match const { levels_across::<S>() } {
            0 => self.fold_in::<M, 0>(map),
            1..=4 => self.fold_in::<M, 4>(map),
            5..=12 => self.fold_in::<M, 12>(map),
            _ => self.fold_in::<M, LEVELS>(map),
        }
    }
}
impl<S: Shape, E: Source> Tile<'_, S, E> {
    #[inline(always)]
    fn fold_in<M: Monoid, const L: usize>(
        &mut self,
        map: impl Fn(usize, E::Elem) -> M::Value,
    ) -> [M::Value; COLUMNS] {
        let mut tree = Across::<M, L>::new();
        if self.count > 0 {
            loop {
                // SAFETY: the walk visits positions of `S`, and no reduced axis is empty.
                let lane = unsafe { self.source.lane::<S>() };
                // SAFETY: the tile ends at the end of the lane or before.
                tree.feed(self.width, |c| map(c, unsafe { lane.get::<S>(self.start + c) }));
                if !self.reduced.next(self.source) {
                    break;
                }
            }
        }
        tree.finish()
    }
}

/// Whether lanes of `S` are reduced when `axes` are.
#[inline(always)]
fn reduces_lanes<S: Shape>(axes: AxisSet) -> bool {
    let axis = lane_axis::<S>();
    axes.contains(axis) || !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
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
    to: Strides<*mut R::Output>,
) {
    let lens = shape.into_list().lens();
    let count = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let mut position = (source, to);
    let mut kept = Axes::new(shape, &position, |k| !axes.contains(k));
    if kept.is_empty() {
        return;
    }
    let mut reduced = Axes::new(shape, &position.0, |k| axes.contains(k));
    let shape = core::marker::PhantomData::<S>;
    if reduces_lanes::<S>(axes) {
        let len = reduced.take_lane();
        loop {
            let source = &mut position.0;
            let result = statistic.along(&mut Lanes { source, reduced, len, count, shape });
            // SAFETY: the position is an index of the shape.
            unsafe { position.1.at.write(result) };
            if !kept.next(&mut position) {
                return;
            }
        }
    }
    let len = kept.take_lane();
    let stride = position.1.strides[lane_axis::<S>()];
    loop {
        for start in (0..len).step_by(COLUMNS) {
            let width = COLUMNS.min(len - start);
            let source = &mut position.0;
            let results = statistic.across(&mut Tile { source, reduced, start, width, count, shape });
            for (c, &result) in results.iter().enumerate().take(width) {
                let at = position.1.at.wrapping_offset(stride.wrapping_mul((start + c) as isize));
                // SAFETY: `start + c` is below the length of the lane, so this is an index of the shape.
                unsafe { at.write(result) };
            }
        }
        if !kept.next(&mut position) {
            return;
        }
    }
}
