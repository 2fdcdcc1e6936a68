//! Positions in a shape that move along its axes, and the strides that they move by.

use core::fmt::Debug;

use crate::axes::{PerAxis, each_axis};

/// Something with a position in a shape that moves along axes: an operand, a destination, or
/// several of them together.
pub trait Steps {
    /// Moves by `steps` indices along axis `axis` (0 is the last axis).
    fn step(&mut self, axis: usize, steps: isize);
    /// Whether `inner_len` steps along axis `inner` are the same as one step along axis `outer`, so
    /// that both axes can be traversed as one.
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool;
}

/// A pointer to an element, and the strides along all axes.
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
                // `wrapping_offset`, because after the last lane the pointer may be outside the
                // memory of the elements.
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

// SAFETY: a `Strides` only holds a pointer. Whoever reads through the pointer promises that the
// elements exist and are shared, which `T: Sync` allows.
unsafe impl<T: Sync, K: Send> Send for Strides<*const T, K> {}
// SAFETY: a `Strides` only holds a pointer. Whoever writes through the pointer promises to own the
// elements, which `T: Send` allows.
unsafe impl<T: Send, K: Send> Send for Strides<*mut T, K> {}

/// Strides: the distance between neighbours along each axis, in elements. A type stores them, or
/// has them as constants and takes no memory.
pub trait Apart: Copy + Debug + Send {
    /// Stores the strides `strides`. A type whose strides are constants ignores the argument, which
    /// has the same values.
    fn new(strides: PerAxis<isize>) -> Self;
    /// The stride along axis `axis` (0 is the last axis).
    fn along(&self, axis: usize) -> isize;
}
/// The strides along the last `RANK` axes. The strides along all other axes are 0.
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
        // kept in memory, together with everything that contains the array.
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
