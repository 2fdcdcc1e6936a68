//! Visits a shape lane by lane. Axes are merged where the operands allow it, so that there are few
//! lanes, and long ones.
//!
//! ```text
//! axes = the axes of the shape, the last axis first;
//!        an outer axis is merged into the axis inside it if, for every operand, one step along the
//!        outer axis is as far as all steps along the inner axis together
//! lane = the first of these axes, which is then removed from axes
//! loop:
//!     visit the lane at the position
//!     move the position to the next index along axes, as an odometer counts;
//!     after the last index the walk ends, and the position is back at the first index
//! ```

use core::fmt::Debug;

use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::read::Steps;
use crate::run::level::HAS_VECTORS;
use crate::shape::{List, ListOf, Shape};

/// `k`, for use as an index of a [`PerAxis`] array. The caller passes a `k` below `MAX_RANK`. On
/// targets without vectors, `k % MAX_RANK` lets the compiler see that the index is in bounds, so
/// that no code for a panic is left in small programs. On other targets computing the remainder
/// would cost time in short loops.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn entry(k: usize) -> usize {
    if HAS_VECTORS { k } else { k % MAX_RANK }
}

/// The axes of a walk, after merging, and the current index along each of them. The innermost axis
/// is entry 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axes {
    axis: PerAxis<usize>,
    len: PerAxis<usize>,
    index: PerAxis<usize>,
    count: usize,
}

impl Axes {
    /// A walk along no axes, which visits one position.
    pub(crate) const NONE: Self =
        Self { axis: [0; MAX_RANK], len: [1; MAX_RANK], index: [0; MAX_RANK], count: 0 };

    /// A walk along the single axis `axis`, which has length `len`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) const fn of_one(axis: usize, len: usize) -> Self {
        let mut axes = Self::NONE;
        axes.axis[0] = axis;
        axes.len[0] = len;
        axes.count = 1;
        axes
    }

    /// Moves `position`, which is at the first index along these axes, to the index that the walk
    /// visits after `places` steps.
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn skip(&mut self, position: &mut impl Steps, mut places: usize) {
        for k in 0..self.count {
            self.index[k] = places % self.len[k];
            places /= self.len[k];
            position.step(self.axis[k], self.index[k] as isize);
        }
    }

    /// A walk along the axes of `shape` for which `wanted` holds. Axes are merged where the strides
    /// of `position` allow it.
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

    /// Removes the innermost axis and returns its length. Returns 1 if there are no axes.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn take_lane(&mut self) -> usize {
        self.take().1
    }

    /// Removes the innermost axis and returns the axis and its length, in this order. Returns
    /// `(0, 1)` if there are no axes.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn take(&mut self) -> (usize, usize) {
        let taken = (self.axis[0], self.len[0]);
        // Written without a loop, because a build for size would not unroll it.
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

    /// Does the work of [`next`](Self::next) after the caller has moved `position` itself to the
    /// last index along the innermost axis. That move has not changed `self.index[0]`, so this
    /// function sets it first.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn wrap(&mut self, position: &mut impl Steps) -> bool {
        self.index[0] = self.len[0] - 1;
        self.next(position)
    }

    /// Whether the innermost axis of `self` is inside the innermost axis of `outer`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn is_inside(&self, outer: &Self) -> bool {
        self.count > 0 && outer.count > 0 && self.axis[0] < outer.axis[0]
    }

    /// Whether an axis has length 0, so that there is nothing to visit.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn is_empty(&self) -> bool {
        self.len.contains(&0)
    }

    /// Moves `position` to the next index along these axes and returns true. If `position` is at
    /// the last index, moves it back to the first index and returns false.
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
