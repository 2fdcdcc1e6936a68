//! Storage whose buffers are the same for tensors of all shapes: the heap, and anyone's memory.

use super::{Foreign, ForeignBuffer, ForeignMut, ForeignMutBuffer, Storage};
#[cfg(feature = "alloc")]
use super::{Heap, HeapBuffer};
use crate::axes::{AxisKind, PerAxis};
use crate::element::Element;
use crate::shape::{List, ListOf, Shape};

/// A storage that holds any shape in the same buffer: [`Heap`] and views. An inline array has the
/// type of its shape.
#[diagnostic::on_unimplemented(
    message = "a tensor with storage `{Self}` has the type of its shape",
    label = "an inline array is of one shape",
    note = "ask of a view: `x.view()`; or copy it to another shape by `.reshape(shape).to_array()`"
)]
pub trait AnyShape: Storage {
    /// The buffer of a tensor of shape `S`, which is one of shape `To` with the same lengths.
    #[doc(hidden)]
    fn with_shape<T: Element, S: Shape, To: Shape>(buffer: Self::Buffer<T, S>) -> Self::Buffer<T, To>;
    /// What is held of a shape.
    #[doc(hidden)]
    fn kept<S: Shape>(shape: S) -> Self::Kept<S>;
}
#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl AnyShape for Heap {
    fn with_shape<T: Element, S: Shape, To: Shape>(buffer: HeapBuffer<T>) -> HeapBuffer<T> {
        buffer
    }
    fn kept<S: Shape>(shape: S) -> S {
        shape
    }
}
#[diagnostic::do_not_recommend]
impl<'a> AnyShape for Foreign<'a> {
    fn with_shape<T: Element, S: Shape, To: Shape>(buffer: ForeignBuffer<'a, T>) -> ForeignBuffer<'a, T> {
        buffer.with_strides(stretching::<To>)
    }
    fn kept<S: Shape>(shape: S) -> S {
        shape
    }
}
#[diagnostic::do_not_recommend]
impl<'a> AnyShape for ForeignMut<'a> {
    fn with_shape<T: Element, S: Shape, To: Shape>(
        buffer: ForeignMutBuffer<'a, T>,
    ) -> ForeignMutBuffer<'a, T> {
        buffer.with_strides(stretching::<To>)
    }
    fn kept<S: Shape>(shape: S) -> S {
        shape
    }
}

/// The strides, but 0 along what is [`One`](crate::One) in the shape: along a length of 1 any is.
fn stretching<S: Shape>(mut strides: PerAxis<isize>) -> PerAxis<isize> {
    for (stride, kind) in strides.iter_mut().zip(<ListOf<S> as List>::KINDS) {
        if !matches!(kind, AxisKind::Length(_)) {
            *stride = 0;
        }
    }
    strides
}
