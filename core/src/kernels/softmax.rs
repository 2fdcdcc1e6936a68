//! Softmax over a set of axes, region by region, while it is in the cache: the greatest element, the exponentials into the destination,
//! their sum, and a last operation in place.

use core::marker::PhantomData;

use super::elementwise::write_lane;
#[cfg(feature = "rayon")]
use super::split;
use crate::axes::{AxisSet, MAX_RANK};
use crate::element::{Float, Numeric, StandIn};
use crate::kernels::reduce::across::{ColumnTile, most_columns};
use crate::kernels::reduce::along::{Group, LaneRegion};
use crate::kernels::reduce::statistic::{Columns, Region};
use crate::kernels::reduce::sums::{Combined, LooseMaximum, Total, total};
use crate::kernels::reduce::tree::{Fold, Planes};
use crate::kernels::reduce::way::{Keeping, Way, reduces_lanes};
use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::memory::Memory;
use crate::read::{Source, Steps, Strides};
use crate::run::dispatch;
#[cfg(feature = "rayon")]
use crate::run::level::EXPENSIVE;
use crate::run::level::HAS_VECTORS;
#[cfg(feature = "rayon")]
use crate::shape::element_count;
use crate::shape::{Instance, List, Shape, is_one_lane, lane_axis, lane_len};

/// The form of the result.
pub trait Form<T>: Copy {
    /// What is written first, of an element less the greatest.
    fn first(below: T) -> T;
    /// What is summed, of what was written.
    fn term(first: T) -> T;
    /// What the last operation takes of the sum.
    fn factor(sum: T) -> T;
    /// The result, of what was written.
    fn last(first: T, factor: T) -> T;
}

/// What an element of `E` is computed with: itself, or `f32` for a half.
type InLoop<E> = <<E as Source>::Elem as StandIn>::Float;

/// How many columns are computed at a time.
const COLUMNS: usize = if !HAS_VECTORS {
    1
} else if cfg!(unoptimised) {
    32
} else {
    256
};
/// How many additions an element takes as long as, to threads, which are given whole regions.
#[cfg(feature = "rayon")]
const WEIGHT: usize = EXPENSIVE / 2;

/// Writes softmax of `source` over `axes`, those of which `K` has `One` in the place.
///
/// # Safety
/// `to` reaches an element for every index of `shape`, exclusively, no two the same; row-major if `L` is dense.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn softmax<
    I: Instance,
    F: Form<InLoop<E>>,
    K: Shape,
    L: Layout,
    E: Source,
    S: Shape,
>(
    source: E,
    shape: S,
    axes: AxisSet,
    to: Strides<*mut E::Elem>,
) where
    E::Elem: Float,
{
    let shape = I::of(shape);
    // SAFETY: the caller's promise.
    unsafe {
        if const { I::IS_SHARED } {
            shared::<F, I::Of<K>, L, E, I::Of<S>>(source, shape, axes, to);
        } else {
            here::<F, I::Of<K>, L, E, I::Of<S>>(source, shape, axes, to);
        }
    }
}

/// As [`softmax`], in a function of its own.
///
/// # Safety
/// As for [`softmax`].
#[inline(never)]
unsafe fn shared<F: Form<InLoop<E>>, K: Shape, L: Layout, E: Source, S: Shape>(
    source: E,
    shape: S,
    axes: AxisSet,
    to: Strides<*mut E::Elem>,
) where
    E::Elem: Float,
{
    #[cfg(feature = "rayon")]
    if split::halved(
        (shape, (source, to)),
        element_count(shape).saturating_mul(WEIGHT),
        split::MULTIPLE,
        |k| !axes.contains(k),
        |shape, (source, to)| {
            // SAFETY: the caller's promise; this part of the shape has the results that no other
            // has.
            unsafe { shared::<F, K, L, E, S>(source, shape, axes, to) };
        },
    ) {
        return;
    }
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller's promise.
        || unsafe { here::<F, K, L, E, S>(source, shape, axes, to) },
    );
}

/// As [`softmax`], inlined.
///
/// # Safety
/// As for [`softmax`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn here<F: Form<InLoop<E>>, K: Shape, L: Layout, E: Source, S: Shape>(
    source: E,
    shape: S,
    axes: AxisSet,
    to: Strides<*mut E::Elem>,
) where
    E::Elem: Float,
{
    if const { is_one_lane::<S>() && Keeping::<S, K>::ALONE } {
        // No walk, which the optimiser would set up in memory.
        let len = const { lane_len::<S>() };
        // SAFETY: the caller's promise; the shape is a lane of this length.
        return unsafe { region::<F, S, L, E, true>(&mut (source, to), (Axes::NONE, len, len)) };
    }
    // A condition that is a constant to rustc itself: what is not called is not compiled.
    if const { !HAS_VECTORS && <Keeping<S, K> as Way>::ONLY.is_some() } {
        let axis = const {
            match <Keeping<S, K> as Way>::ONLY {
                Some(axis) => axis,
                None => 0,
            }
        };
        // SAFETY: the caller's promise; the axis is the one of `axes`.
        return unsafe { here_of_one::<F, L, E, S>((source, to), shape, axis) };
    }
    let lens = shape.into_list().lens();
    let count: usize = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let position = (source, to);
    let kept = Axes::new(shape, &position, |k| !axes.contains(k));
    let reduced = Axes::new(shape, &position, |k| axes.contains(k));
    if count == 0 || kept.is_empty() {
        return;
    }
    let along = const { matches!(Keeping::<S, K>::ALONG, Some(true)) }
        || Keeping::<S, K>::ALONG.is_none() && reduces_lanes::<S>(axes);
    let given = SoftmaxRun::<_, S, L> { position, kept, reduced, count, layout: PhantomData };
    // SAFETY, of each: the caller's promise; no axis is empty.
    if const { Keeping::<S, K>::ALONE && matches!(Keeping::<S, K>::ALONG, Some(true)) } {
        // SAFETY: as above.
        unsafe { given.along::<F, true>() };
    } else if const { matches!(Keeping::<S, K>::ALONG, Some(true)) } || along {
        // SAFETY: as above.
        unsafe { given.along::<F, false>() };
    } else if const { !matches!(Keeping::<S, K>::ALONG, Some(true)) } {
        // SAFETY: as above.
        unsafe { given.across::<F>() };
    }
}

/// As [`here`], over one axis, on a target without vectors: by loops in each other, instead of a walk,
/// whose indices would be in memory.
///
/// # Safety
/// As for [`softmax`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn here_of_one<F: Form<InLoop<E>>, L: Layout, E: Source<Elem: Float>, S: Shape>(
    position: (E, Strides<*mut E::Elem>),
    shape: S,
    axis: usize,
) {
    let (list, lane) = (shape.into_list(), const { lane_axis::<S>() });
    let lens = list.lens();
    if lens.contains(&0) {
        return;
    }
    let count = lens[axis % MAX_RANK];
    list.each_place(
        position,
        0,
        AxisSet::of(lane).with(axis),
        #[cfg_attr(not(unoptimised), inline(always))]
        |mut position: (E, Strides<*mut E::Elem>)| {
            // SAFETY, of each: the caller's promise; no axis is empty.
            if axis == lane {
                // SAFETY: as above; the region is the lane at the position.
                unsafe { region::<F, S, L, E, true>(&mut position, (Axes::NONE, count, count)) };
            } else {
                let reduced = Axes::of_one(axis, count);
                let kept = Axes::of_one(lane, lens[lane]);
                let given =
                    SoftmaxRun::<_, S, L> { position, kept, reduced, count, layout: PhantomData };
                // SAFETY: as above.
                unsafe { given.across::<F>() };
            }
        },
    );
}

/// An evaluation under way.
struct SoftmaxRun<E: Source, S, L> {
    position: (E, Strides<*mut E::Elem>),
    kept: Axes,
    reduced: Axes,
    count: usize,
    layout: PhantomData<(S, L)>,
}

impl<E: Source<Elem: Float>, S: Shape, L: Layout> SoftmaxRun<E, S, L> {
    /// If `ALONE`, lanes are all that is reduced.
    ///
    /// # Safety
    /// As for [`softmax`]; lanes are reduced, and no axis is empty.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn along<F: Form<InLoop<E>>, const ALONE: bool>(mut self) {
        let len = self.reduced.take_lane();
        let Self { mut position, mut kept, reduced, count, .. } = self;
        loop {
            // SAFETY: the caller's promise.
            unsafe { region::<F, S, L, E, ALONE>(&mut position, (reduced, len, count)) };
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// # Safety
    /// As for [`softmax`]; lanes are kept, and no axis is empty.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn across<F: Form<InLoop<E>>>(mut self) {
        let len = self.kept.take_lane();
        let Self { mut position, mut kept, reduced, count, .. } = self;
        let most = COLUMNS.min(most_columns(count));
        loop {
            let mut start = 0;
            while start < len {
                let width = most.min(len - start);
                let source = position.0;
                let [greatest] = ColumnTile::<S, E, COLUMNS> {
                    source,
                    reduced,
                    start,
                    width,
                    count,
                    shape: PhantomData,
                }
                .fold::<_, Combined<LooseMaximum>>(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| x.float(),
                );
                // SAFETY: the caller's promise; the tile ends at the end of the lane or before.
                unsafe {
                    each_lane::<E>(
                        &mut position,
                        reduced,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |source, to| {
                            write_lane::<E, S, L>(
                                source,
                                to,
                                (start, width),
                                #[cfg_attr(not(unoptimised), inline(always))]
                                // SAFETY: `k` is below `width`, which is no more than `COLUMNS`.
                                |k, x| {
                                    let greatest = *greatest.get_unchecked(k);
                                    E::Elem::of_float(F::first(x.float().minus(greatest)))
                                },
                            );
                        },
                    );
                }
                // SAFETY: every element of what is read has been written.
                let source = unsafe { written::<E, S, L>(&position.1) };
                let sums = ColumnTile::<S, _, COLUMNS> {
                    source,
                    reduced,
                    start,
                    width,
                    count,
                    shape: PhantomData,
                }
                .fold::<_, Total>(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| F::term(x.float()),
                );
                let mut factors = greatest;
                for (k, factor) in factors.iter_mut().enumerate() {
                    *factor = F::factor(total(sums.get(k)));
                }
                // SAFETY: as for the first.
                unsafe {
                    each_lane::<E>(
                        &mut position,
                        reduced,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |_, to| {
                            update::<E, S, L>(
                                to,
                                (start, width),
                                #[cfg_attr(not(unoptimised), inline(always))]
                                // SAFETY: as above.
                                |k, x| {
                                    E::Elem::of_float(F::last(x.float(), *factors.get_unchecked(k)))
                                },
                            );
                        },
                    );
                }
                start += width;
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }
}

/// Softmax of the region at the position: lanes of `len` elements along `reduced`, `count` in all.
/// If
/// `ALONE`, it is one lane.
///
/// # Safety
/// As for [`softmax`]; these are the elements of the region, and there are some.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn region<
    F: Form<InLoop<E>>,
    S: Shape,
    L: Layout,
    E: Source<Elem: Float>,
    const ALONE: bool,
>(
    position: &mut (E, Strides<*mut E::Elem>),
    (reduced, len, count): (Axes, usize, usize),
) {
    // Which of two zeros, or whether a NaN, does not show: a sum with a NaN is NaN.
    let [greatest] = fold_region::<_, _, Combined<LooseMaximum>, S, ALONE>(
        &mut position.0,
        (reduced, len, count),
        #[cfg_attr(not(unoptimised), inline(always))]
        |x: E::Elem| x.float(),
    );
    // SAFETY: the caller's promise.
    unsafe {
        each_lane::<E>(
            position,
            reduced,
            #[cfg_attr(not(unoptimised), inline(always))]
            |source, to| {
                write_lane::<E, S, L>(
                    source,
                    to,
                    (0, len),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| E::Elem::of_float(F::first(x.float().minus(greatest))),
                );
            },
        );
    }
    // SAFETY: every element of what is read has been written.
    let mut written = unsafe { written::<E, S, L>(&position.1) };
    let sum = fold_region::<_, _, Total, S, ALONE>(
        &mut written,
        (reduced, len, count),
        #[cfg_attr(not(unoptimised), inline(always))]
        |x: E::Elem| F::term(x.float()),
    );
    let factor = F::factor(total(sum));
    // SAFETY: as for the first.
    unsafe {
        each_lane::<E>(
            position,
            reduced,
            #[cfg_attr(not(unoptimised), inline(always))]
            |_, to| {
                update::<E, S, L>(
                    to,
                    (0, len),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |_, x| E::Elem::of_float(F::last(x.float(), factor)),
                );
            },
        );
    }
}

/// Folds the region at the position of `source`: a lane, or several along `reduced`, of `len` elements each and `count` in all.
#[cfg_attr(not(unoptimised), inline(always))]
fn fold_region<E: Source, U: Copy, M: Fold<U>, S: Shape, const ALONE: bool>(
    source: &mut E,
    (reduced, len, count): (Axes, usize, usize),
    map: impl Fn(E::Elem) -> U + Sync,
) -> M::State {
    if ALONE {
        return LaneRegion::<S, E> { source: *source, count, shape: PhantomData }.fold::<_, M>(map);
    }
    Group::<S, E, 1> { source: *source, reduced, axis: 0, width: 1, len, count, shape: PhantomData }
        .fold::<_, M>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |_, x| map(x),
        )
        .get(0)
}

/// Calls `body` at every lane along `reduced`, with the operand and the destination.
#[cfg_attr(not(unoptimised), inline(always))]
fn each_lane<E: Source>(
    position: &mut (E, Strides<*mut E::Elem>),
    mut reduced: Axes,
    body: impl Fn(&E, &Strides<*mut E::Elem>),
) {
    let (axis, lanes) = reduced.take();
    loop {
        for _ in 0..lanes {
            body(&position.0, &position.1);
            position.step(axis, 1);
        }
        position.step(axis, -(lanes as isize));
        if !reduced.next(position) {
            return;
        }
    }
}

/// Replaces the elements of a lane of the destination from `start` on, `width` of them, by `of` them.
///
/// # Safety
/// As for [`write_lane`], and they have been written.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn update<E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
    (start, width): (usize, usize),
    of: impl Fn(usize, E::Elem) -> E::Elem,
) {
    let stride = if L::DENSE { 1 } else { to.strides[lane_axis::<S>()] };
    for k in 0..width {
        let element = to.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
        // SAFETY: the stride along the lane reaches the destination's elements, initialised and borrowed exclusively; `start + k` is
        // of the lane.
        unsafe { element.write(of(k, element.read())) };
    }
}

/// The destination, to be read.
///
/// # Safety
/// What is read of it has been written.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn written<'d, E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
) -> Memory<'d, E::Elem, S, L> {
    // SAFETY: the caller's promise; the strides reach an element at every index of `S`.
    unsafe { Memory::new(Strides { at: to.at.cast_const(), strides: to.strides }) }
}
