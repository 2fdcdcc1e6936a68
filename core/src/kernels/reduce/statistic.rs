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
    /// The number of bytes of an accumulator.
    const STATE: usize;
    /// The time that an element takes, roughly, in additions.
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
    /// Folds the elements, mapped by `map`, in the order of the tree.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(T) -> U + Sync) -> F::State {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold). If `EXPENSIVE`, `map` takes as long as many additions. Then its
    /// results are first computed into a buffer, in a loop that vectorises; a loop over leaves
    /// would be too long for that. The same is done if the elements themselves are expensive.
    fn fold_by<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        map: impl Fn(T) -> U + Sync,
    ) -> F::State;
    /// The index, in row-major order, of the first element for which `wanted` holds; the number of
    /// elements if there is none.
    fn first(&mut self, wanted: impl Fn(T) -> bool) -> usize;
}

/// Neighbouring columns of elements, or neighbouring regions, each of which is reduced to one
/// result.
pub trait Columns<T, const N: usize>: Elements<T> {
    /// The number of columns, at most `N`.
    fn width(&self) -> usize;
    /// Folds the elements of each column, mapped by `map` from the column's index and the element,
    /// in the order of the tree.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold<U: Copy, F: Fold<U>>(&mut self, map: impl Fn(usize, T) -> U + Sync) -> F::Planes<N> {
        self.fold_by::<U, F, false>(map)
    }
    /// As [`fold`](Self::fold), for a `map` that is `EXPENSIVE` as in [`Region::fold_by`].
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
    /// As [`fold_by`](Self::fold_by), into the states of `to`, which has been fed nothing: to move
    /// the states of many columns would take time.
    fn fold_to<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        to: &mut Accumulators<U, F, N, false>,
        map: impl Fn(usize, T) -> U + Sync,
    );
    /// Calls `give` with the index of each column, and the position in it of the first element for
    /// which `wanted` holds; the number of its elements if there is none.
    fn first(&mut self, wanted: impl Fn(usize, T) -> bool, give: impl FnMut(usize, usize));
}

/// A statistic in three steps: a map of each element, a fold, and a function of the final state.
pub trait MapFold<T: Copy>: Copy + Send + Sync {
    /// The type of the result.
    type Output: Copy + Send;
    /// The type that elements are mapped to.
    type Mapped: Copy;
    /// The fold of mapped elements.
    type Folded: Fold<Self::Mapped>;
    /// The mapped element.
    fn mapped(x: T) -> Self::Mapped;
    /// The result for `count` elements with this state.
    fn finish(self, state: StateOf<T, Self>, count: usize) -> Self::Output;
}
/// The state of the fold of `R`.
pub type StateOf<T, R> = <<R as MapFold<T>>::Folded as Fold<<R as MapFold<T>>::Mapped>>::State;

/// [`Statistic::along`] for a [`MapFold`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn along<T: Copy, R: MapFold<T>>(summary: R, region: &mut impl Region<T>) -> R::Output {
    let count = region.count();
    let mut state = region.fold::<R::Mapped, R::Folded>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |x| R::mapped(x),
    );
    if const { R::Folded::DOUBTS } && !R::Folded::is_known(state, count) {
        state = again_one::<T, R>(*region, state);
    }
    summary.finish(state, count)
}

/// The state of a region whose elements are read again, as the first fold was not enough.
#[cold]
#[inline(never)]
fn again_one<T: Copy, R: MapFold<T>>(
    elements: impl Elements<T>,
    state: StateOf<T, R>,
) -> StateOf<T, R> {
    let states = <R::Folded as Fold<R::Mapped>>::Planes::<1>::splat(state);
    R::Folded::again(elements, R::mapped, 1, states).get(0)
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
            // SAFETY: there are `width` accumulators.
            known &= R::Folded::is_known(unsafe { folded.state(c) }, count);
        }
        if !known {
            folded.set_all(again_some::<T, R, N>(*columns, width, folded));
        }
    }
    for c in 0..width {
        // SAFETY: as above.
        give(c, summary.finish(unsafe { folded.state(c) }, count));
    }
}

/// The states of columns whose elements are read again, as the first fold was not enough for all.
#[cold]
#[inline(never)]
fn again_some<T: Copy, R: MapFold<T>, const N: usize>(
    elements: impl Elements<T>,
    width: usize,
    folded: Accumulators<R::Mapped, R::Folded, N, false>,
) -> <R::Folded as Fold<R::Mapped>>::Planes<N> {
    let mut states = <R::Folded as Fold<R::Mapped>>::Planes::<N>::splat(R::Folded::EMPTY);
    for c in 0..width {
        // SAFETY: there are `width` accumulators.
        states.set(c, unsafe { folded.state(c) });
    }
    R::Folded::again(elements, R::mapped, width, states)
}

/// Implements [`Statistic`] for each named [`MapFold`], for all elements with the given bound.
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

/// Where results are written: a position in the shape that is reduced, which moves along its axes.
pub(crate) trait Results<O>: Steps + Copy + Send {
    /// Writes a result at the index that is `steps` along axis `axis` from the position.
    ///
    /// # Safety
    /// This is an index of the shape, and its result is borrowed exclusively.
    unsafe fn write(&self, axis: usize, steps: usize, result: O);
}
impl<O: Send> Results<O> for Strides<*mut O> {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, axis: usize, steps: usize, result: O) {
        let at =
            self.at.wrapping_offset(self.strides[axis % MAX_RANK].wrapping_mul(steps as isize));
        // SAFETY: the caller's promise.
        unsafe { at.write(result) };
    }
}
impl<A: Send, B: Send> Results<(A, B)> for (Strides<*mut A>, Strides<*mut B>) {
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, axis: usize, steps: usize, (a, b): (A, B)) {
        // SAFETY: the caller's promise.
        unsafe { (self.0.write(axis, steps, a), self.1.write(axis, steps, b)) };
    }
}
