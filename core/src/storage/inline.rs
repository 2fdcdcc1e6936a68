//! Inline storage: nested arrays `[[T; C]; N]`, whose elements lie row-major without gaps.

use super::{Inline, Storage, StorageMut};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::{Dense, dense_strides};
use crate::shape::{List, ListOf, Shape};

// SAFETY: the buffer is nested arrays of `T` of the shape's lengths, which Rust lays out row-major without gaps.
#[diagnostic::do_not_recommend]
unsafe impl Storage for Inline {
    type Layout = Dense;
    type Buffer<T: Element, S: Shape> = <ListOf<S> as List>::Array<T>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer<T: Element, S: Shape>(buffer: &Self::Buffer<T, S>) -> *const T {
        (buffer as *const Self::Buffer<T, S>).cast()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn strides<T: Element, S: Shape>(_: &Self::Buffer<T, S>, shape: S) -> PerAxis<isize> {
        dense_strides(shape)
    }
}
// SAFETY: as for `Storage`; each element of an array is its own.
#[diagnostic::do_not_recommend]
unsafe impl StorageMut for Inline {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut Self::Buffer<T, S>) -> *mut T {
        (buffer as *mut Self::Buffer<T, S>).cast()
    }
}
