//! Heap storage without the feature `alloc`: its buffer is a type without values, so that generic
//! signatures over [`Tensor`](crate::Tensor) compile all the same.

use core::convert::Infallible;

use super::{Heap, Storage, StorageMut};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::Dense;
use crate::shape::Shape;

// SAFETY: `Infallible` has no values, so there is no buffer to which the contract could apply.
#[diagnostic::do_not_recommend]
unsafe impl Storage for Heap {
    type Layout = Dense;
    type Buffer<T: Element, S: Shape> = Infallible;
    type Kept<S: Copy + Send + Sync> = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape<S: Shape>(kept: S) -> S {
        kept
    }
    fn pointer<T: Element, S: Shape>(buffer: &Infallible) -> *const T {
        match *buffer {}
    }
    fn strides<T: Element, S: Shape>(buffer: &Infallible, _: S) -> PerAxis<isize> {
        match *buffer {}
    }
}
// SAFETY: `Infallible` has no values, so there is no buffer to which the contract could apply.
#[diagnostic::do_not_recommend]
unsafe impl StorageMut for Heap {
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut Infallible) -> *mut T {
        match *buffer {}
    }
}

/// A tensor of the shape `Self` can be on the heap. Without the feature `alloc` nothing implements
/// this trait, so that the compiler reports a call of `.to_tensor()` with the message below.
#[diagnostic::on_unimplemented(
    message = "`.to_tensor()` needs the feature `alloc`; without an allocator it is `.to_array()`",
    label = "no heap for a tensor of shape `{Self}`",
    note = "`.to_array()` gives an inline array, and `out.assign(..)` computes into what there is; with an allocator: `shapewright = {{ .., features = [\"alloc\"] }}`"
)]
pub trait OnHeap {
    /// This function cannot be called, because nothing implements the trait.
    fn refused() -> !;
}
