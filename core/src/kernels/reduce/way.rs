//! Which axes are reduced, as far as the types tell. The types of a reduction include the shape in
//! which the reduced axes are `One`. Code for a case that the types rule out is not compiled.

use core::marker::PhantomData;

use crate::axes::{AxisKind, AxisSet};
use crate::shape::{Instance, List, ListOf, Shape, lane_axis};

/// Which axes are reduced, as far as the types tell.
pub(crate) trait Way {
    /// Whether the lane axis is among the reduced axes; `None` if the types do not tell.
    const ALONG: Option<bool>;
    /// Whether some kept axis is inside some reduced axis; `None` if the types do not tell.
    const INSIDE: Option<bool>;
    /// Whether the types tell that the lane axis is the only reduced axis.
    const ALONE: bool;
    /// The reduced axis, if the types tell that there is only one; 0 is the last axis.
    const ONLY: Option<usize>;
    /// This type with `I::Of<S>` in place of each of its shapes `S`. The same axes are reduced.
    type In<I: Instance>: Way;
}

/// All axes of the shape `S` are reduced.
pub(crate) struct Everything<S>(PhantomData<S>);
impl<S: Shape> Way for Everything<S> {
    const ALONG: Option<bool> = Some(true);
    const INSIDE: Option<bool> = Some(false);
    const ALONE: bool = Keeping::<S, ()>::is_alone();
    const ONLY: Option<usize> = Keeping::<S, ()>::only();
    type In<I: Instance> = Everything<I::Of<S>>;
}

/// The shape `S` is reduced to `K`, which has `One` in place of each reduced axis. If the rank of
/// `K` is not that of `S`, the types do not tell which axes are reduced.
pub(crate) struct Keeping<S, K>(PhantomData<(S, K)>);
impl<S: Shape, K: Shape> Keeping<S, K> {
    /// Whether axis `k` of `S` is a length, not `One`.
    const fn length(k: usize) -> bool {
        matches!(<ListOf<S> as List>::KINDS[k], AxisKind::Length(_))
    }
    /// Whether axis `k` of `S` is a length and is kept.
    const fn kept(k: usize) -> bool {
        Self::length(k) && matches!(<ListOf<K> as List>::KINDS[k], AxisKind::Length(_))
    }
    /// Whether the lane axis is reduced, and no other axis.
    const fn is_alone() -> bool {
        let (mut k, mut alone) = (0, true);
        while k < S::RANK {
            alone &= !Self::length(k) || Self::kept(k) != (k == lane_axis::<S>());
            k += 1;
        }
        alone
    }
    /// The reduced axis, if it is the only one.
    const fn only() -> Option<usize> {
        let (mut k, mut only) = (0, None);
        while k < S::RANK {
            if Self::length(k) && !Self::kept(k) {
                if only.is_some() {
                    return None;
                }
                only = Some(k);
            }
            k += 1;
        }
        only
    }
    /// Whether some kept axis is inside some reduced axis.
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
    const ALONG: Option<bool> =
        if S::RANK == K::RANK { Some(!Self::kept(lane_axis::<S>())) } else { None };
    const INSIDE: Option<bool> = if S::RANK == K::RANK { Some(Self::inside()) } else { None };
    const ALONE: bool = S::RANK == K::RANK && Self::is_alone();
    const ONLY: Option<usize> = if S::RANK == K::RANK { Self::only() } else { None };
    type In<I: Instance> = Keeping<I::Of<S>, I::Of<K>>;
}

/// Whether the lane axis of `S` is in `axes`; also true if all axes of `S` are `One`, so that there
/// is no lane axis.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn reduces_lanes<S: Shape>(axes: AxisSet) -> bool {
    let axis = lane_axis::<S>();
    axes.contains(axis) || !matches!(<ListOf<S> as List>::KINDS[axis], AxisKind::Length(_))
}
