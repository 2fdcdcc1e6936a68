//! Positions in a shape that move along its axes, and the strides that they move by.

use core::fmt::Debug;

use crate::axes::{PerAxis, each_axis};

/// Something with a position in a shape that moves along axes: an operand, a destination, or
/// several of them together.
pub trait Steps {
    /// Moves by `steps` indices along axis `axis`, counted from the last.
    fn step(&mut self, axis: usize, steps: isize);
    /// Whether `inner_len` steps along axis `inner` are the same as one step along axis `outer`, so
    /// that both can be traversed as one axis.
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool;
}

/// A pointer to an element, and the strides to the others.
#[derive(Clone, Copy, Debug)]
pub struct Strides<P, K = PerAxis<isize>> {
    /// The element at the current position.
    pub at: P,
    /// The distance between neighbours along each axis, in elements.
    pub strides: K,
}
macro_rules! steps {
    ($($pointer:ty),*) => {$(
        impl<T, K: Apart> Steps for Strides<$pointer, K> {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn step(&mut self, axis: usize, steps: isize) {
                // Wrapping: after the last lane the position is outside the memory.
                self.at = self.at.wrapping_offset(self.strides.along(axis).wrapping_mul(steps));
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
                self.strides.along(outer)
                    == self.strides.along(inner).wrapping_mul(inner_len as isize)
            }
        }
    )*};
}
steps!(*const T, *mut T);

// SAFETY: holding pointers permits nothing. Whoever reads through them promises that the elements
// are there and shared, which `T: Sync` allows.
unsafe impl<T: Sync, K: Send> Send for Strides<*const T, K> {}
// SAFETY: as above. Whoever writes through them promises that the elements are its own, which `T:
// Send` allows.
unsafe impl<T: Send, K: Send> Send for Strides<*mut T, K> {}

/// Strides: the distance between neighbours along each axis, in elements. They are values, or
/// constants of a type that takes no memory.
pub trait Apart: Copy + Debug + Send {
    /// These strides. An implementation by constants has these values already.
    fn new(strides: PerAxis<isize>) -> Self;
    /// The stride along axis `axis`, counted from the last.
    fn along(&self, axis: usize) -> isize;
}
/// The strides along the last `RANK` axes. They are 0 along the others.
impl<const RANK: usize> Apart for [isize; RANK] {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn new(strides: PerAxis<isize>) -> Self {
        let mut last = [0; RANK];
        each_axis!(K => if const { K < RANK } {
            last[K] = strides[K];
        });
        last
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(&self, axis: usize) -> isize {
        // A chain of selections and not `self[axis]`: an array that is indexed by a variable is
        // kept in memory, together with everything it is a part of.
        let mut stride = 0;
        each_axis!(K => if const { K < RANK } {
            stride = if K == axis { self[K] } else { stride };
        });
        stride
    }
}

impl<A: Steps, B: Steps> Steps for (A, B) {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn step(&mut self, axis: usize, steps: isize) {
        self.0.step(axis, steps);
        self.1.step(axis, steps);
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.0.merges(outer, inner, inner_len) && self.1.merges(outer, inner, inner_len)
    }
}
