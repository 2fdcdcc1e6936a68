//! Statistics: what is computed from the elements of a region or of columns, and where the results
//! are written.

use crate::axes::MAX_RANK;
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::tree::{Fold, Planes};
use crate::read::{Steps, Strides};

/// A value to compute from all elements along the reduced axes, such as a mean.
pub trait Statistic<T: Copy>: Copy + Send + Sync {
    /// The type of the result.
    type Output: Copy + Send;
    /// The number of bytes of the state of an accumulator.
    const STATE: usize;
    /// Roughly the time that an element takes, measured in additions.
    const WEIGHT: usize = 1;
    /// The result for one region.
    fn along(self, region: &mut impl Region<T>) -> Self::Output;
    /// Calls `give` with the index of each column and the result for it.
    fn across<const N: usize>(
        self,
        columns: &mut impl Columns<T, N>,
        give: impl FnMut(usize, Self::Output),
    );
}

/// The elements that are reduced to one result.
pub trait Region<T>: Elements<T> {
    /// Maps the elements by `map`, and folds the results in the order of the summation tree.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(T) -> U + Sync) -> F::State {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold). `EXPENSIVE` says that one call of `map` costs the time of many
    /// additions. If it is true, the results of `map` are first computed into a buffer, in a loop
    /// that vectorises. A loop that computes whole leaves would be too long to be vectorised.
    /// Elements that are themselves expensive are buffered whatever `EXPENSIVE` is.
    fn fold_by<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        map: impl Fn(T) -> U + Sync,
    ) -> F::State;
    /// The position, in row-major order, of the first element for which `wanted` returns true. If
    /// there is none, the position is the number of elements.
    fn first(&mut self, wanted: impl Fn(T) -> bool) -> usize;
}

/// Neighbouring columns of elements, or neighbouring regions, each of which is reduced to one
/// result.
pub trait Columns<T, const N: usize>: Elements<T> {
    /// The number of columns, at most `N`.
    fn width(&self) -> usize;
    /// Folds each column in the order of the summation tree. `map` is called with the index of the
    /// column and the element, and its results are folded.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(usize, T) -> U + Sync) -> F::Planes<N> {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold). `EXPENSIVE` says that one call of `map` costs the time of many
    /// additions. If it is true, the results of `map` are buffered, as in [`Region::fold_by`].
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_by<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        map: impl Fn(usize, T) -> U + Sync,
    ) -> F::Planes<N> {
        let mut states = Accumulators::none();
        states.widen(N);
        self.fold_to::<U, F, EXPENSIVE>(&mut states, map);
        states.all()
    }
    /// As [`fold_by`](Self::fold_by), but writes the states to `to` instead of returning them,
    /// because returning the states of many columns would take time. `to` has been fed nothing yet.
    fn fold_to<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        to: &mut Accumulators<U, F, N, false>,
        map: impl Fn(usize, T) -> U + Sync,
    );
    /// For each column, calls `give` with the index of the column and the position of the first
    /// element of the column for which `wanted` returns true. If there is none, the position is the
    /// number of elements of the column.
    fn first(&mut self, wanted: impl Fn(usize, T) -> bool, give: impl FnMut(usize, usize));
}

/// A statistic in three steps: each element is mapped, the results are folded, and the statistic is
/// computed from the final state.
pub trait MapFold<T: Copy>: Copy + Send + Sync {
    /// The type of the result.
    type Output: Copy + Send;
    /// The type that elements are mapped to.
    type Mapped: Copy;
    /// The fold of mapped elements.
    type Folded: Fold<Self::Mapped>;
    /// What the element `x` is mapped to.
    fn mapped(x: T) -> Self::Mapped;
    /// The result for `count` elements whose state is `state`.
    fn finish(self, state: StateOf<T, Self>, count: usize) -> Self::Output;
}
/// The state of the fold of `R`.
pub type StateOf<T, R> = <<R as MapFold<T>>::Folded as Fold<<R as MapFold<T>>::Mapped>>::State;

/// [`Statistic::along`] for a [`MapFold`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn along<T: Copy, R: MapFold<T>>(summary: R, region: &mut impl Region<T>) -> R::Output {
    let count = region.count();
    let state = region.fold::<R::Mapped, R::Folded>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |x| R::mapped(x),
    );
    if const { R::Folded::DOUBTS } && !R::Folded::is_known(state, count) {
        return again_one::<T, R>(summary, *region, state);
    }
    summary.finish(state, count)
}

/// Reads the elements of a region again, and returns the result for them. This function is called
/// if `state`, which the first pass has computed, does not determine the result.
#[cold]
#[inline(never)]
fn again_one<T: Copy, R: MapFold<T>>(
    summary: R,
    elements: impl Elements<T>,
    state: StateOf<T, R>,
) -> R::Output {
    let count = elements.count();
    let states = <R::Folded as Fold<R::Mapped>>::Planes::<1>::splat(state);
    summary.finish(R::Folded::again(elements, R::mapped, 1, states).get(0), count)
}

/// [`Statistic::across`] for a [`MapFold`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn across<T: Copy, R: MapFold<T>, const N: usize>(
    summary: R,
    columns: &mut impl Columns<T, N>,
    mut give: impl FnMut(usize, R::Output),
) {
    let (count, width) = (columns.count(), columns.width());
    let mut folded = Accumulators::none();
    folded.widen(width);
    columns.fold_to::<R::Mapped, R::Folded, false>(
        &mut folded,
        #[cfg_attr(not(unoptimised), inline(always))]
        |_, x| R::mapped(x),
    );
    if const { R::Folded::DOUBTS } {
        let mut known = true;
        for c in 0..width {
            // SAFETY: `c` is less than `width`, the number of accumulators.
            known &= R::Folded::is_known(unsafe { folded.state(c) }, count);
        }
        if !known {
            folded.set_all(again_some::<T, R, N>(*columns, width, folded));
        }
    }
    for c in 0..width {
        // SAFETY: `c` is less than `width`, and there are at least `width` accumulators.
        give(c, summary.finish(unsafe { folded.state(c) }, count));
    }
}

/// Reads the elements of the columns again, and returns the new states of the columns. This
/// function is called if at least one of the states in `folded`, which the first pass has computed,
/// does not determine the result for its column.
#[cold]
#[inline(never)]
fn again_some<T: Copy, R: MapFold<T>, const N: usize>(
    elements: impl Elements<T>,
    width: usize,
    folded: Accumulators<R::Mapped, R::Folded, N, false>,
) -> <R::Folded as Fold<R::Mapped>>::Planes<N> {
    let mut states = <R::Folded as Fold<R::Mapped>>::Planes::<N>::splat(R::Folded::EMPTY);
    for c in 0..width {
        // SAFETY: `c` is less than `width`, the number of accumulators.
        states.set(c, unsafe { folded.state(c) });
    }
    R::Folded::again(elements, R::mapped, width, states)
}

/// Implements [`Statistic`] for each named [`MapFold`], for all types of elements with the given
/// bound.
macro_rules! map_folds {
    ($($name:ident of $bound:ident;)*) => {$(
        impl<T: $bound> Statistic<T> for $name {
            type Output = <Self as MapFold<T>>::Output;
            const STATE: usize = size_of::<StateOf<T, Self>>();
            #[cfg_attr(not(unoptimised), inline(always))]
            fn along(self, region: &mut impl Region<T>) -> Self::Output {
                statistic::along(self, region)
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn across<const N: usize>(
                self,
                columns: &mut impl Columns<T, N>,
                give: impl FnMut(usize, Self::Output),
            ) {
                statistic::across(self, columns, give);
            }
        }
    )*};
}
pub(crate) use map_folds;

/// Where results are written: a position in the shape of the operand, which moves along the axes of
/// that shape. Along reduced axes it stays at the same result.
pub(crate) trait Results<O>: Steps + Copy + Send {
    /// Writes `result` at the index that is `steps` steps along axis `axis` from the position.
    ///
    /// # Safety
    /// There is room for a result at that index, and the caller has exclusive access to it.
    unsafe fn write(&self, axis: usize, steps: usize, result: O);
}
impl<O: Send> Results<O> for Strides<*mut O> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, axis: usize, steps: usize, result: O) {
        let at =
            self.at.wrapping_offset(self.strides[axis % MAX_RANK].wrapping_mul(steps as isize));
        // SAFETY: the caller promises room for a result at `at`, and exclusive access to it.
        unsafe { at.write(result) };
    }
}
impl<A: Send, B: Send> Results<(A, B)> for (Strides<*mut A>, Strides<*mut B>) {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, axis: usize, steps: usize, (a, b): (A, B)) {
        // SAFETY: the caller promises that both destinations have room for a result `steps` steps
        // along `axis`, and exclusive access to it.
        unsafe { (self.0.write(axis, steps, a), self.1.write(axis, steps, b)) };
    }
}
