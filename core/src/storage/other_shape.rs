//! Using the buffer of a tensor of one shape for a tensor of another shape with the same lengths.

use core::mem::{size_of, transmute_copy};

use super::{Foreign, ForeignBuffer, ForeignMut, ForeignMutBuffer, Inline, Storage};
#[cfg(feature = "alloc")]
use super::{Heap, HeapBuffer};
use crate::axes::{AxisKind, PerAxis};
use crate::element::Element;
use crate::shape::{Invariant, List, ListOf, Shape, StaticShape};

/// The inline buffer of elements `T` of the shape `S`.
type ArrayOf<T, S> = <ListOf<S> as List>::Array<T>;

/// A storage that can hold the shape `To`: the heap and views can hold any shape, an inline array
/// only a shape with static lengths.
#[diagnostic::on_unimplemented(
    message = "a tensor with storage `{Self}` cannot have the shape `{To}`",
    label = "this storage cannot have the shape `{To}`",
    note = "an inline array has static lengths, in generic code `N: StaticLength`; a view has any: `x.view()`"
)]
pub trait OtherShape<To: Shape>: Storage {
    /// Turns the buffer of a tensor of shape `S` into the buffer of a tensor of shape `To`, which
    /// has the same lengths.
    #[doc(hidden)]
    fn with_shape<T: Element, S: Shape>(buffer: Self::Buffer<T, S>) -> Self::Buffer<T, To>;
    /// What a tensor in this storage holds of its shape, which is `shape`.
    #[doc(hidden)]
    fn kept(shape: To) -> Self::Kept<To>;
}
#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<To: Shape> OtherShape<To> for Heap {
    fn with_shape<T: Element, S: Shape>(buffer: HeapBuffer<T>) -> HeapBuffer<T> {
        buffer
    }
    fn kept(shape: To) -> To {
        shape
    }
}
#[diagnostic::do_not_recommend]
impl<'a, To: Shape> OtherShape<To> for Foreign<'a> {
    fn with_shape<T: Element, S: Shape>(buffer: ForeignBuffer<'a, T>) -> ForeignBuffer<'a, T> {
        buffer.with_strides(stretching::<To>)
    }
    fn kept(shape: To) -> To {
        shape
    }
}
#[diagnostic::do_not_recommend]
impl<'a, To: Shape> OtherShape<To> for ForeignMut<'a> {
    fn with_shape<T: Element, S: Shape>(
        buffer: ForeignMutBuffer<'a, T>,
    ) -> ForeignMutBuffer<'a, T> {
        buffer.with_strides(stretching::<To>)
    }
    fn kept(shape: To) -> To {
        shape
    }
}
#[diagnostic::do_not_recommend]
impl<To: StaticShape> OtherShape<To> for Inline {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_shape<T: Element, S: Shape>(buffer: ArrayOf<T, S>) -> ArrayOf<T, To> {
        // `try_with_shape` compares the lengths at run time. So this function is also compiled for
        // shapes of different lengths, but is not called for them.
        if const { size_of::<ArrayOf<T, S>>() != size_of::<ArrayOf<T, To>>() } {
            unreachable!("the lengths are the same");
        }
        // SAFETY: both types are nested arrays of `T` without gaps, and they have the same size.
        unsafe { transmute_copy(&buffer) }
    }
    fn kept(_: To) -> Invariant<To> {
        Invariant::default()
    }
}

/// `strides`, with 0 in place of the stride along each axis of `S` that is [`One`](crate::One). The
/// new strides reach the same elements, because a `One` has length 1.
fn stretching<S: Shape>(mut strides: PerAxis<isize>) -> PerAxis<isize> {
    for (stride, kind) in strides.iter_mut().zip(<ListOf<S> as List>::KINDS) {
        if !matches!(kind, AxisKind::Length(_)) {
            *stride = 0;
        }
    }
    strides
}
