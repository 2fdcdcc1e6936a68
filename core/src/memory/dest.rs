//! Memory that results are written to.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::element::Element;
use crate::layout::{Dense, dense_strides};
use crate::read::Strides;
use crate::shape::{Invariant, Shape, element_count};

/// The destination of an evaluation: memory in which every element is written and none is read.
#[derive(Debug)]
pub struct Dest<'d, T, S, L> {
    pub(crate) to: Strides<*mut T>,
    marker: PhantomData<(&'d mut [T], L)>,
    shape: Invariant<S>,
}

impl<'d, T: Element, S: Shape> Dest<'d, T, S, Dense> {
    /// The destination whose memory is `slice`, which has as many elements as `shape`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn dense(slice: &'d mut [MaybeUninit<T>], shape: S) -> Self {
        assert!(
            slice.len() == element_count(shape),
            "a destination has as many elements as its shape"
        );
        // SAFETY: the row-major strides of the shape reach exactly the elements of the slice, which
        // is borrowed exclusively for `'d`.
        unsafe {
            Self::new(Strides { at: slice.as_mut_ptr().cast(), strides: dense_strides(shape) })
        }
    }
}

impl<'d, T, S, L> Dest<'d, T, S, L> {
    /// # Safety
    /// The strides reach a different element at every index of the shape, exclusively for `'d`.
    /// They are row-major if `L` is [`Dense`].
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(to: Strides<*mut T>) -> Self {
        Self { to, marker: PhantomData, shape: PhantomData }
    }
}
