//! Softmax of one region along lanes, in the steps that [`softmax`](super) lists.

use core::marker::PhantomData;

use super::lanes::{each_lane, update, written};
use super::{Form, InLoop};
use crate::element::{Float, Numeric, StandIn};
use crate::kernels::elementwise::write_lane;
use crate::kernels::reduce::along::{Group, LaneRegion};
use crate::kernels::reduce::statistic::{Columns, Region};
use crate::kernels::reduce::sums::{Combined, LooseMaximum, Total, total};
use crate::kernels::reduce::tree::{Fold, Planes};
use crate::kernels::walk::Axes;
use crate::layout::Layout;
use crate::read::{Source, Strides};
use crate::shape::Shape;

/// Computes the softmax of the region whose first lane is at `position`. The region has a lane of
/// `len` elements at each index along the axes `reduced`, and `count` elements in all. If `ALONE`,
/// the region is one lane.
///
/// # Safety
/// `position.1` exclusively reaches a different element at every index of `S`; if `L` is dense,
/// these elements are row-major without gaps. All lanes of the region are at indices of `S`, and
/// `count` is not 0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn region<
    F: Form<InLoop<E>>,
    S: Shape,
    L: Layout,
    E: Source<Elem: Float>,
    const ALONE: bool,
>(
    position: &mut (E, Strides<*mut E::Elem>),
    (reduced, len, count): (Axes, usize, usize),
) {
    // The faster `LooseMaximum` suffices here: no result depends on the sign of a maximum that is
    // 0, and if an element is NaN, the sum is NaN whatever the maximum is.
    let [greatest] = fold_region::<_, _, Combined<LooseMaximum>, S, ALONE>(
        &mut position.0,
        (reduced, len, count),
        #[cfg_attr(not(unoptimised), inline(always))]
        |x: E::Elem| x.float(),
    );
    // SAFETY: the caller keeps this function's contract, and each lane of the region has `len`
    // elements.
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
    // SAFETY: the caller keeps this function's contract. `written` is read only in this region,
    // whose elements the call of `each_lane` above has written.
    let mut written = unsafe { written::<E, S, L>(&position.1) };
    let sum = fold_region::<_, _, Total, S, ALONE>(
        &mut written,
        (reduced, len, count),
        #[cfg_attr(not(unoptimised), inline(always))]
        |x: E::Elem| F::term(x.float()),
    );
    let factor = F::factor(total(sum));
    // SAFETY: the caller keeps this function's contract, and the first call of `each_lane` has
    // written all elements of the region.
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

/// Folds the region whose first lane is at the position of `source`. The region has `count`
/// elements. If `ALONE` it is one lane, otherwise it has a lane of `len` elements at each index
/// along the axes `reduced`.
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
