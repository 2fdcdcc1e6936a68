//! Traits of the standard library for tensors: `Clone`, `Copy`, `Default`, `PartialEq`, `Index`.
//!
//! `x[[i, j]]` works for every shape. `x[i]`, with an index that is a number, works for tensors
//! with one axis only.

use core::ops::{Index, IndexMut};

use super::{Array, Create, Tensor};
use crate::element::Element;
use crate::kernels::walk::Axes;
use crate::lengths::Lengths;
use crate::memory::Memory;
use crate::read::{Lane, Source, Strides};
use crate::shape::{Extent, Shape, StaticShape};
use crate::storage::{Storage, StorageMut};

impl<T: Element, S: Shape, B: Storage> Clone for Tensor<T, S, B>
where
    B::Buffer<T, S>: Clone,
{
    fn clone(&self) -> Self {
        Self { buffer: self.buffer.clone(), shape: self.shape }
    }
}

impl<T: Element, S: Shape, B: Storage> Copy for Tensor<T, S, B> where B::Buffer<T, S>: Copy {}

/// A tensor whose elements are all 0, or `false`, as [`zeros`](Tensor::zeros) makes it.
///
/// ```
/// use shapewright::{Tensor, shape, tensor};
/// assert_eq!(Tensor::<f32, shape![2]>::default(), tensor![0.0, 0.0]);
/// ```
#[cfg(feature = "alloc")]
impl<T: Element, S: StaticShape> Default for Tensor<T, S> {
    fn default() -> Self {
        Self::zeros()
    }
}
/// An array whose elements are all 0, or `false`, as [`zeros`](Create::zeros) makes it.
///
/// ```
/// use shapewright::{Array, array, shape};
/// assert_eq!(Array::<bool, shape![2]>::default(), array![false, false]);
/// ```
impl<T: Element, S: StaticShape> Default for Array<T, S> {
    fn default() -> Self {
        <Self as Create>::zeros()
    }
}

/// Whole-tensor equality, as `==` returns a `bool` everywhere in Rust. The elementwise comparison
/// is [`equal`](crate::ops::Compare::equal).
impl<T: Element, S: Shape, B: Storage, C: Storage> PartialEq<Tensor<T, S, C>> for Tensor<T, S, B> {
    fn eq(&self, other: &Tensor<T, S, C>) -> bool {
        let lengths = self.shape().lengths();
        if lengths != other.shape().lengths() {
            return false;
        }
        // SAFETY: by the contract of `Storage` the strides reach an element at every index.
        let a = unsafe { Memory::<T, S, B::Layout>::new(self.strided()) };
        // SAFETY: by the contract of `Storage` the strides reach an element at every index.
        let b = unsafe { Memory::<T, S, C::Layout>::new(other.strided()) };
        let mut position = (a, b);
        let mut axes = Axes::new(self.shape(), &position, |_| true);
        if axes.is_empty() {
            return true;
        }
        let len = axes.take_lane();
        loop {
            // SAFETY: the walk only visits positions of the shape, and `is_empty` has ruled out an
            // empty axis.
            let (a, b) = unsafe { (position.0.lane::<S>(), position.1.lane::<S>()) };
            // SAFETY: `j` is less than `len`, the length of both lanes.
            if !(0..len).all(|j| unsafe { a.get::<S>(j) == b.get::<S>(j) }) {
                return false;
            }
            if !axes.next(&mut position) {
                return true;
            }
        }
    }
}

#[cold]
#[track_caller]
fn out_of_range(index: &[usize], lengths: &[usize]) -> ! {
    panic!("index {index:?} is out of range for shape {}", Lengths::new(lengths))
}

/// # Panics
/// If the index is out of range; [`get`](Tensor::get) returns `None`.
impl<T: Element, S: Shape, B: Storage> Index<S::Lengths> for Tensor<T, S, B> {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn index(&self, index: S::Lengths) -> &T {
        let Strides { at, strides } = self.strided();
        // This does not call `get`, because the compiler would then also check whether the
        // reference that `get` returns is null.
        let Some(offset) = self.offset(strides, index) else {
            out_of_range(index.as_ref(), self.shape().lengths().as_ref());
        };
        // SAFETY: `offset` returns `Some` only if `index` is in bounds, so the strides reach an
        // element there, and `self` is borrowed for as long as the element.
        unsafe { &*at.wrapping_offset(offset) }
    }
}
/// # Panics
/// If the index is out of range; [`get_mut`](Tensor::get_mut) returns `None`.
impl<T: Element, S: Shape, B: StorageMut> IndexMut<S::Lengths> for Tensor<T, S, B> {
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn index_mut(&mut self, index: S::Lengths) -> &mut T {
        let Strides { at, strides } = self.strided_mut();
        let Some(offset) = self.offset(strides, index) else {
            out_of_range(index.as_ref(), self.shape().lengths().as_ref());
        };
        // SAFETY: `offset` returns `Some` only if `index` is in bounds, so the strides reach an
        // element there, and `self` is borrowed exclusively for as long as the element.
        unsafe { &mut *at.wrapping_offset(offset) }
    }
}

/// An element of a tensor with one axis: `x[i]` is `x[[i]]`.
///
/// # Panics
/// If the index is out of range.
///
/// ```
/// let mut x = shapewright::tensor![1, 2, 3];
/// x[0] = x[2] + x[[1]];
/// assert_eq!(x, [5, 2, 3]);
/// ```
impl<T: Element, A: Extent, B: Storage> Index<usize> for Tensor<T, (A,), B> {
    type Output = T;
    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        &self[[index]]
    }
}
/// # Panics
/// If the index is out of range.
impl<T: Element, A: Extent, B: StorageMut> IndexMut<usize> for Tensor<T, (A,), B> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self[[index]]
    }
}
