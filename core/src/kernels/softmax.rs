//! Softmax over a set of axes, and its logarithm. One region is computed at a time, so that the
//! region stays in the cache between these steps:
//!
//! 1. `maximum` is the maximum of the elements `x` of the region.
//! 2. `Form::first(x - maximum)` is written to the destination for each `x`: `exp(x - maximum)` for
//!    softmax, `x - maximum` for the logarithm.
//! 3. `sum` is the sum of `Form::term(y)` over all written elements `y`. For both forms that is the
//!    sum of `exp(x - maximum)`.
//! 4. `factor` is `Form::factor(sum)`: `1 / sum` for softmax, `ln(sum)` for the logarithm.
//! 5. Each written element `y` is replaced by `Form::last(y, factor)`: `y * factor` for softmax,
//!    `y - factor` for the logarithm.
//!
//! If the lane axis is among the reduced axes, [`region`](mod@region) takes these steps for one
//! region. If it is kept, all columns of a tile take each step together. Threads share the work in
//! whole regions. The maximum and the sum are folded by [`reduce`](super::reduce), in the fixed
//! order that it defines.

mod lanes;
mod region;

use core::marker::PhantomData;

use self::lanes::{each_lane, update, written};
use self::region::region;
use super::elementwise::write_lane;
#[cfg(feature = "rayon")]
use super::split;
use crate::axes::{AxisSet, MAX_RANK};
use crate::element::{Float, Numeric, StandIn};
use crate::kernels::reduce::across::{ColumnTile, most_columns};
use crate::kernels::reduce::statistic::Columns;
use crate::kernels::reduce::sums::{Combined, LooseMaximum, Total, total};
use crate::kernels::reduce::tree::Planes;
use crate::kernels::reduce::way::{Keeping, Way, reduces_lanes};
use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::read::{Source, Strides};
use crate::run::adder::Adder;
use crate::run::dispatch;
#[cfg(feature = "rayon")]
use crate::run::level::EXPENSIVE;
use crate::run::level::HAS_VECTORS;
#[cfg(feature = "rayon")]
use crate::shape::element_count;
use crate::shape::{Instance, List, Shape, is_one_lane, lane_axis, lane_len};

/// What is computed: softmax or its logarithm.
pub trait Form<T>: Copy {
    /// The value that is first written, computed from `below`, the element minus the maximum.
    fn first(below: T) -> T;
    /// The term of the sum, computed from the value that [`first`](Self::first) returned.
    fn term(first: T) -> T;
    /// The second operand of [`last`](Self::last), computed from the sum of all terms.
    fn factor(sum: T) -> T;
    /// The result, computed from the value that [`first`](Self::first) returned and the factor.
    fn last(first: T, factor: T) -> T;
}

/// The type in which elements of `E` are computed: their own type, or `f32` for half-precision
/// floats.
type InLoop<E> = <<E as Source>::Elem as StandIn>::Float;

/// The maximum number of columns that are computed at a time.
const COLUMNS: usize = if !HAS_VECTORS {
    1
} else if cfg!(unoptimised) {
    32
} else {
    256
};
/// The time that one element takes, as a number of additions. The number of tasks for threads
/// depends on this time.
#[cfg(feature = "rayon")]
const WEIGHT: usize = EXPENSIVE / 2;

/// Writes the softmax of `source` over `axes`, or its logarithm, to `to`. `K` is the type of
/// `shape` with `One` in place of each of `axes`.
///
/// # Safety
/// `to` reaches a different element for every index of `shape`, and the caller has exclusive access
/// to these elements. If `L` is dense, the elements are row-major without gaps.
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
    // SAFETY: the caller keeps this function's contract.
    unsafe {
        if const { I::IS_SHARED } {
            shared::<F, I::Of<K>, L, E, I::Of<S>>(source, shape, axes, to);
        } else {
            here::<F, I::Of<K>, L, E, I::Of<S>>(source, shape, axes, to);
        }
    }
}

/// As [`softmax`], in a function that is not inlined and that shapes of different lengths share.
///
/// # Safety
/// `to` exclusively reaches a different element for every index of `shape`. If `L` is dense, these
/// elements are row-major without gaps.
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
            // SAFETY: the caller keeps this function's contract, and only kept axes are split, so
            // no two parts of the shape share a region.
            unsafe { shared::<F, K, L, E, S>(source, shape, axes, to) };
        },
    ) {
        return;
    }
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        // SAFETY: the caller keeps this function's contract.
        || unsafe { here::<F, K, L, E, S>(source, shape, axes, to) },
    );
}

/// As [`softmax`], inlined into the caller.
///
/// # Safety
/// `to` exclusively reaches a different element for every index of `shape`. If `L` is dense, these
/// elements are row-major without gaps.
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
        // A walk would be slower here, because the optimiser would set up the walk's indices in
        // memory.
        let len = const { lane_len::<S>() };
        // SAFETY: the caller keeps this function's contract, and the shape is one lane of `len`
        // elements.
        return unsafe { region::<F, S, L, E, true>(&mut (source, to), (Axes::NONE, len, len)) };
    }
    // rustc itself evaluates this `const` condition, so it generates no code for this branch if the
    // condition is false.
    if const { !HAS_VECTORS && <Keeping<S, K> as Way>::ONLY.is_some() } {
        let axis = const {
            match <Keeping<S, K> as Way>::ONLY {
                Some(axis) => axis,
                None => 0,
            }
        };
        // SAFETY: the caller keeps this function's contract, and `axis` is the only reduced axis.
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
    if const { Keeping::<S, K>::ALONE && matches!(Keeping::<S, K>::ALONG, Some(true)) } {
        // SAFETY: the caller keeps this function's contract. The lane axis is the only reduced
        // axis. No axis has length 0, as has been checked above.
        unsafe { given.along::<F, true>() };
    } else if const { matches!(Keeping::<S, K>::ALONG, Some(true)) } || along {
        // SAFETY: the caller keeps this function's contract. The lane axis is among the reduced
        // axes. No axis has length 0, as has been checked above.
        unsafe { given.along::<F, false>() };
    } else if const { !matches!(Keeping::<S, K>::ALONG, Some(true)) } {
        // SAFETY: the caller keeps this function's contract. The lane axis is kept. No axis has
        // length 0, as has been checked above.
        unsafe { given.across::<F>() };
    }
}

/// As [`here`], over the axis `axis` alone, for targets without vectors. `position` is that of the
/// source and of the destination. The loops are nested, because a walk would keep its indices in
/// memory.
///
/// # Safety
/// `position.1` exclusively reaches a different element for every index of `shape`. If `L` is
/// dense, these elements are row-major without gaps.
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
            if axis == lane {
                // SAFETY: the caller keeps this function's contract, and the region is the lane at
                // `position`, which has `count` elements.
                unsafe { region::<F, S, L, E, true>(&mut position, (Axes::NONE, count, count)) };
            } else {
                let reduced = Axes::of_one(axis, count);
                let kept = Axes::of_one(lane, lens[lane]);
                let given =
                    SoftmaxRun::<_, S, L> { position, kept, reduced, count, layout: PhantomData };
                // SAFETY: the caller keeps this function's contract. The lane axis is kept. No axis
                // has length 0, as has been checked above.
                unsafe { given.across::<F>() };
            }
        },
    );
}

/// A softmax to compute. `position` is that of the source and of the destination. `kept` and
/// `reduced` are the kept and the reduced axes, and `count` is the number of elements of a region.
struct SoftmaxRun<E: Source, S, L> {
    position: (E, Strides<*mut E::Elem>),
    kept: Axes,
    reduced: Axes,
    count: usize,
    layout: PhantomData<(S, L)>,
}

impl<E: Source<Elem: Float>, S: Shape, L: Layout> SoftmaxRun<E, S, L> {
    /// Softmax along lanes, region by region. `ALONE` says that the lane axis is the only reduced
    /// axis.
    ///
    /// # Safety
    /// `position.1` exclusively reaches a different element at every index of `S`; if `L` is dense,
    /// these elements are row-major without gaps. The lane axis is among the reduced axes, and no
    /// axis has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn along<F: Form<InLoop<E>>, const ALONE: bool>(mut self) {
        let len = self.reduced.take_lane();
        let Self { mut position, mut kept, reduced, count, .. } = self;
        loop {
            // SAFETY: the caller keeps this function's contract.
            unsafe { region::<F, S, L, E, ALONE>(&mut position, (reduced, len, count)) };
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// Softmax across lanes, a tile of at most [`COLUMNS`] columns at a time.
    ///
    /// # Safety
    /// `position.1` exclusively reaches a different element at every index of `S`; if `L` is dense,
    /// these elements are row-major without gaps. The lane axis is kept, and no axis has length 0.
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
                    adder: Adder::PLAIN,
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
                // SAFETY: the caller keeps this function's contract, and `start + width` is at most
                // `len`, the length of the lane.
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
                                // SAFETY: `write_lane` passes a `k` below `width`, which is at most
                                // `COLUMNS`, the length of `greatest`.
                                |k, x| {
                                    let greatest = *greatest.get_unchecked(k);
                                    E::Elem::of_float(F::first(x.float().minus(greatest)))
                                },
                            );
                        },
                    );
                }
                // SAFETY: the caller keeps this function's contract. `source` is read only in this
                // tile, whose elements the call of `each_lane` above has written.
                let source = unsafe { written::<E, S, L>(&position.1) };
                let sums = ColumnTile::<S, _, COLUMNS> {
                    adder: Adder::PLAIN,
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
                // SAFETY: the caller keeps this function's contract, `start + width` is at most
                // `len`, and the first call of `each_lane` has written all elements of the tile.
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
                                // SAFETY: `update` passes a `k` below `width`, which is at most
                                // `COLUMNS`, the length of `factors`.
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
