//! Visits a shape lane by lane, with as few and as long lanes as the operands allow.
//!
//! ```text
//! axes = the axes of the shape, last first; an axis is merged into the one before it
//!        if for every operand one step along it is as far as that one's whole length
//! lane = the first of these axes, taken out
//! loop:
//!     visit the lane at the position
//!     move the position to the next index along the other axes, as an odometer counts;
//!     past the last index the walk ends, and the position is back at the first
//! ```

use core::fmt::Debug;

use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::read::Steps;
use crate::run::level::HAS_VECTORS;
use crate::shape::{List, ListOf, Shape};

/// `k`, as an index of an array with one entry per axis. On targets without vectors the remainder
/// proves to the compiler that it is in bounds, so that no panic is left. On others that would cost
/// time in short loops.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn entry(k: usize) -> usize {
    if HAS_VECTORS { k } else { k % MAX_RANK }
}

/// The merged axes to traverse, innermost first, and the current index along each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axes {
    axis: PerAxis<usize>,
    len: PerAxis<usize>,
    index: PerAxis<usize>,
    count: usize,
}

impl Axes {
    /// No axes: there is one position.
    pub(crate) const NONE: Self =
        Self { axis: [0; MAX_RANK], len: [1; MAX_RANK], index: [0; MAX_RANK], count: 0 };

    /// The single axis `axis` of length `len`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) const fn of_one(axis: usize, len: usize) -> Self {
        let mut axes = Self::NONE;
        axes.axis[0] = axis;
        axes.len[0] = len;
        axes.count = 1;
        axes
    }

    /// Moves `position`, which is at the first index along these axes, by `places` indices.
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn skip(&mut self, position: &mut impl Steps, mut places: usize) {
        for k in 0..self.count {
            self.index[k] = places % self.len[k];
            places /= self.len[k];
            position.step(self.axis[k], self.index[k] as isize);
        }
    }

    /// The axes of `shape` for which `wanted` holds, merged where `position` allows it.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn new<S: Shape>(
        shape: S,
        position: &impl Steps,
        wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let lens = shape.into_list().lens();
        let mut axes =
            Self { axis: [0; MAX_RANK], len: [1; MAX_RANK], index: [0; MAX_RANK], count: 0 };
        let mut k = 0;
        while k < S::RANK {
            if matches!(<ListOf<S> as List>::KINDS[k], AxisKind::Length(_)) && wanted(k) {
                let last = axes.count.wrapping_sub(1);
                if axes.count > 0
                    && position.merges(k, axes.axis[entry(last)], axes.len[entry(last)])
                {
                    axes.len[entry(last)] *= lens[k];
                } else {
                    axes.axis[entry(axes.count)] = k;
                    axes.len[entry(axes.count)] = lens[k];
                    axes.count += 1;
                }
            }
            k += 1;
        }
        axes
    }

    /// Removes the innermost axis and returns its length; 1 if there are no axes.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn take_lane(&mut self) -> usize {
        self.take().1
    }

    /// As [`take_lane`](Self::take_lane), but returns the axis and its length.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn take(&mut self) -> (usize, usize) {
        let taken = (self.axis[0], self.len[0]);
        // Not by a loop, which a build for size would not unroll.
        let ([_, a, b, c, d, e, f, g], [_, s, t, u, v, w, x, y]) = (self.axis, self.len);
        (self.axis, self.len) = ([a, b, c, d, e, f, g, 0], [s, t, u, v, w, x, y, 1]);
        self.count = self.count.saturating_sub(1);
        taken
    }

    /// The innermost axis.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn innermost(&self) -> usize {
        self.axis[0]
    }

    /// The number of indices that are left along the innermost axis, the current one included.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn left(&self) -> usize {
        self.len[0] - self.index[0]
    }

    /// As [`next`](Self::next), from the last index along the innermost axis. `position` has been
    /// moved there, but these axes have not.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn wrap(&mut self, position: &mut impl Steps) -> bool {
        self.index[0] = self.len[0] - 1;
        self.next(position)
    }

    /// Whether the innermost of these axes is inside the innermost of the axes `outer`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn is_inside(&self, outer: &Self) -> bool {
        self.count > 0 && outer.count > 0 && self.axis[0] < outer.axis[0]
    }

    /// Whether an axis is empty, so that there is nothing to visit.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn is_empty(&self) -> bool {
        self.len.contains(&0)
    }

    /// Moves `position` to the next index along these axes. Returns false after the last index;
    /// then `position` is back at the first.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn next(&mut self, position: &mut impl Steps) -> bool {
        let mut k = 0;
        while k < self.count {
            self.index[entry(k)] += 1;
            position.step(self.axis[entry(k)], 1);
            if self.index[entry(k)] < self.len[entry(k)] {
                return true;
            }
            position.step(self.axis[entry(k)], -(self.len[entry(k)] as isize));
            self.index[entry(k)] = 0;
            k += 1;
        }
        false
    }
}
