//! Inline storage: nested arrays `[[T; C]; N]`, whose elements lie row-major without gaps.

use super::{Inline, Storage, StorageMut};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::{Dense, dense_strides};
use crate::shape::{Invariant, List, ListOf, ListTuple, Shape};

// SAFETY: the buffer is nested arrays of `T` with the lengths of the shape, which Rust lays out
// row-major without gaps.
#[diagnostic::do_not_recommend]
unsafe impl Storage for Inline {
    type Layout = Dense;
    type Buffer<T: Element, S: Shape> = <ListOf<S> as List>::Array<T>;
    // A named axis in the shape is a type of the user's crate, of any size and alignment. So the
    // shape is not stored, and an array consists of its elements and nothing else.
    type Kept<S: Copy + Send + Sync> = Invariant<S>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape<S: Shape>(_: Invariant<S>) -> S {
        match <ListOf<S> as List>::KNOWN {
            Some(list) => list.into_tuple(),
            // There is no inline array with run-time lengths, because every function that makes one
            // requires a `StaticShape`.
            None => panic!("the lengths of an inline array are known at compile time"),
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer<T: Element, S: Shape>(buffer: &Self::Buffer<T, S>) -> *const T {
        (buffer as *const Self::Buffer<T, S>).cast()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn strides<T: Element, S: Shape>(_: &Self::Buffer<T, S>, shape: S) -> PerAxis<isize> {
        dense_strides(shape)
    }
}
// SAFETY: the strides are row-major, so no two indices reach the same element.
#[diagnostic::do_not_recommend]
unsafe impl StorageMut for Inline {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut Self::Buffer<T, S>) -> *mut T {
        (buffer as *mut Self::Buffer<T, S>).cast()
    }
}
