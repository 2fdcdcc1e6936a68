//! The axis of a shape along which lanes run.

use core::marker::PhantomData;

use super::{List, ListOf, Shape};
use crate::axes::AxisKind;
use crate::read::{Along, Aside};

/// The number of the lane axis of the shape `S`, counted from the last axis, which is 0. The lane
/// axis is the last axis that is not `One`. If all axes are `One`, the number is 0.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn lane_axis<S: Shape>() -> usize {
    let mut k = 0;
    while k < S::RANK {
        if let AxisKind::Length(_) = <ListOf<S> as List>::KINDS[k] {
            return k;
        }
        k += 1;
    }
    0
}

impl<S: Shape> Along for S {
    const AXIS: usize = lane_axis::<S>();
}
impl<S: Shape> Aside for S {
    type Beside = Beside<S>;
}

/// The shape `S` with another lane axis: from the lane axis of `S` outwards, the next axis that is
/// not `One`. If there is no such axis, the lane axis is that of `S`.
#[derive(Debug)]
pub struct Beside<S>(PhantomData<S>);
impl<S: Shape> Along for Beside<S> {
    const AXIS: usize = {
        let mut k = lane_axis::<S>() + 1;
        while k < S::RANK && !matches!(<ListOf<S> as List>::KINDS[k], AxisKind::Length(_)) {
            k += 1;
        }
        if k < S::RANK { k } else { lane_axis::<S>() }
    };
}

/// Whether it is known at compile time that a tensor of shape `S` is a single lane, and not empty.
pub(crate) const fn is_one_lane<S: Shape>() -> bool {
    let len = lane_len::<S>();
    matches!(S::STATIC_LEN, Some(all) if all == len) && 0 < len
}

/// The length of a lane of the shape `S`. 0 if it is not known at compile time, or if all axes are
/// `One`.
pub(crate) const fn lane_len<S: Shape>() -> usize {
    match <ListOf<S> as List>::KINDS[lane_axis::<S>()] {
        AxisKind::Length(Some(len)) => len,
        _ => 0,
    }
}
