//! Positions in a shape that move along its axes, and the strides by which they do.

use core::fmt::Debug;

use crate::axes::{PerAxis, each_axis};

/// Something with a position in a shape that moves along axes: operands, destinations, and groups
/// of them.
pub trait Steps {
    /// Moves by `steps` positions along axis `axis`, counted from the last.
    fn step(&mut self, axis: usize, steps: isize);
    /// Whether `inner_len` steps along `inner` are one step along `outer`.
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool;
}

/// A first element and the strides to the others.
#[derive(Clone, Copy, Debug)]
pub struct Strides<P, K = PerAxis<isize>> {
    /// The element at the current position.
    pub at: P,
    /// How far apart neighbours are along each axis, in elements.
    pub strides: K,
}
macro_rules! steps {
    ($($pointer:ty),*) => {$(
        impl<T, K: Apart> Steps for Strides<$pointer, K> {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn step(&mut self, axis: usize, steps: isize) {
                // Wrapping: behind the last lane the position lies outside the memory.
                self.at = self.at.wrapping_offset(self.strides.along(axis).wrapping_mul(steps));
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
                self.strides.along(outer) == self.strides.along(inner).wrapping_mul(inner_len as isize)
            }
        }
    )*};
}
steps!(*const T, *mut T);

// SAFETY: to have pointers permits nothing. What reads through them promises that the elements are
// there, shared; `T: Sync`.
unsafe impl<T: Sync, K: Send> Send for Strides<*const T, K> {}
// SAFETY: as above; what writes through them promises that the element is its own. `T: Send`.
unsafe impl<T: Send, K: Send> Send for Strides<*mut T, K> {}

/// How far apart neighbours are along each axis.
pub trait Apart: Copy + Debug + Send {
    /// These strides. Where they are constants, they are these.
    fn new(strides: PerAxis<isize>) -> Self;
    /// The stride along axis `axis`, counted from the last.
    fn along(&self, axis: usize) -> isize;
}
/// Those of the last `RANK` axes; 0 along the others.
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
        // Not by the index: what is indexed is kept in memory, and all around it.
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
