//! Operations on lists in which some axes are marked by [`Gone`]: the marked axes are removed or
//! replaced, or a shape is made that has one length at the last marked axis and `One` after it, so
//! that a one-axis tensor is broadcast along that axis.

use super::Gone;
use crate::axes::AxisSet;
use crate::shape::{Extent, One};

/// A list in which some axes may be marked as [`Gone`].
pub trait Marked: Copy {
    /// The list without its marked axes.
    type Removed;
    /// The list with `X` in the place of each marked axis.
    type Replaced<X: Extent>;
    /// The marked axes.
    const AXES: AxisSet;
    /// The list without its marked axes.
    fn removed(self) -> Self::Removed;
    /// The list with `axis` in the place of each marked axis.
    fn replaced<X: Extent>(self, axis: X) -> Self::Replaced<X>;
    /// The list of the shape in which a one-axis tensor of length `X` broadcasts along the last
    /// marked axis: `X` in the place of that axis, and [`One`] in the place of each axis to its
    /// right. The axes to its left are left out.
    type Aligned<X: Extent>;
    /// The list [`Aligned<X>`](Self::Aligned), as a value.
    fn aligned<X: Extent>(self, axis: X) -> Self::Aligned<X>;
}
impl Marked for () {
    type Removed = ();
    type Replaced<X: Extent> = ();
    const AXES: AxisSet = AxisSet(0);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, _: X) {}
    type Aligned<X: Extent> = ();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, _: X) {}
}
impl<L: Marked, A: Copy> Marked for (L, Gone<A>) {
    type Removed = L::Removed;
    type Replaced<X: Extent> = (L::Replaced<X>, X);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1 | 1);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) -> L::Removed {
        self.0.removed()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, X) {
        (self.0.replaced(axis), axis)
    }
    type Aligned<X: Extent> = ((), X);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, axis: X) -> ((), X) {
        ((), axis)
    }
}
impl<L: Marked, A: Extent> Marked for (L, A) {
    type Removed = (L::Removed, A);
    type Replaced<X: Extent> = (L::Replaced<X>, A);
    const AXES: AxisSet = AxisSet(L::AXES.0 << 1);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(self) -> (L::Removed, A) {
        (self.0.removed(), self.1)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn replaced<X: Extent>(self, axis: X) -> (L::Replaced<X>, A) {
        (self.0.replaced(axis), self.1)
    }
    type Aligned<X: Extent> = (L::Aligned<X>, One);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned<X: Extent>(self, axis: X) -> (L::Aligned<X>, One) {
        (self.0.aligned(axis), One)
    }
}
