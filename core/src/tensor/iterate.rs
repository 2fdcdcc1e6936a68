//! Iterators over elements, in row-major order: by reference, by mutable reference, and with their
//! indices.

use core::iter::FusedIterator;
use core::marker::PhantomData;

use super::positions::Positions;
use super::{Tensor, TensorView, TensorViewMut};
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{Invariant, List, Shape};
use crate::storage::{Storage, StorageMut};

/// An iterator over the elements in row-major order, returned by [`Tensor::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    at: *const T,
    positions: Positions,
    memory: PhantomData<&'a T>,
}
/// An iterator over mutable elements in row-major order, returned by [`Tensor::iter_mut`].
#[derive(Debug)]
pub struct IterMut<'a, T> {
    at: *mut T,
    positions: Positions,
    memory: PhantomData<&'a mut T>,
}
/// An iterator over the elements with their indices, in row-major order, returned by
/// [`Tensor::indexed_iter`].
#[derive(Clone, Debug)]
pub struct IndexedIter<'a, T, S> {
    elements: Iter<'a, T>,
    shape: Invariant<S>,
}

// SAFETY: the iterator is a shared borrow of elements, as `&[T]` is.
unsafe impl<T: Sync> Send for Iter<'_, T> {}
// SAFETY: the iterator is a shared borrow of elements, as `&[T]` is.
unsafe impl<T: Sync> Sync for Iter<'_, T> {}
// SAFETY: the iterator is an exclusive borrow of elements, as `&mut [T]` is.
unsafe impl<T: Send> Send for IterMut<'_, T> {}
// SAFETY: a shared reference to the iterator gives access to no element.
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    fn positions(&self) -> Positions {
        Positions::new(self.shape().into_list().lens(), self.strided().strides, self.len())
    }

    /// Iterates over the elements in row-major order.
    ///
    /// ```
    /// let x = shapewright::tensor![[1, 2], [3, 4]];
    /// assert!(x.iter().eq(&[1, 2, 3, 4]));
    /// assert_eq!(x.iter().rev().next(), Some(&4));
    /// ```
    #[doc(alias("flat", "nditer"))]
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { at: self.strided().at, positions: self.positions(), memory: PhantomData }
    }

    /// Iterates over the elements in row-major order, each with its index.
    ///
    /// ```
    /// let x = shapewright::tensor![[1, 2], [3, 4]];
    /// let even: Vec<_> = x.indexed_iter().filter(|(_, x)| *x % 2 == 0).collect();
    /// assert_eq!(even, [([0, 1], &2), ([1, 1], &4)]);
    /// ```
    #[doc(alias("ndenumerate"))]
    #[inline]
    pub fn indexed_iter(&self) -> IndexedIter<'_, T, S> {
        IndexedIter { elements: self.iter(), shape: PhantomData }
    }
}
impl<T: Element, S: Shape, B: StorageMut> Tensor<T, S, B> {
    /// Iterates over mutable elements in row-major order. To apply one function to every element,
    /// [`map_in_place`](Self::map_in_place) is faster.
    ///
    /// ```
    /// let mut x = shapewright::tensor![[1, 2], [3, 4]];
    /// for (number, x) in x.iter_mut().enumerate() {
    ///     *x *= number;
    /// }
    /// assert_eq!(x, shapewright::tensor![[0, 2], [6, 12]]);
    /// ```
    #[doc(alias("flat"))]
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let positions = self.positions();
        let Strides { at, .. } = self.strided_mut();
        IterMut { at, positions, memory: PhantomData }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;
    #[inline]
    fn next(&mut self) -> Option<&'a T> {
        let at = self.at;
        // SAFETY: the tensor reaches an element at each of `positions`, and is borrowed for `'a`.
        self.positions.next().map(|offset| unsafe { &*at.wrapping_offset(offset) })
    }
    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a T> {
        let at = self.at;
        // SAFETY: the tensor reaches an element at each of `positions`, and is borrowed for `'a`.
        self.positions.nth(n).map(|offset| unsafe { &*at.wrapping_offset(offset) })
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }
}
impl<'a, T> DoubleEndedIterator for Iter<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a T> {
        let at = self.at;
        // SAFETY: the tensor reaches an element at each of `positions`, and is borrowed for `'a`.
        self.positions.next_back().map(|offset| unsafe { &*at.wrapping_offset(offset) })
    }
    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<&'a T> {
        let at = self.at;
        // SAFETY: the tensor reaches an element at each of `positions`, and is borrowed for `'a`.
        self.positions.nth_back(n).map(|offset| unsafe { &*at.wrapping_offset(offset) })
    }
}
impl<T> ExactSizeIterator for Iter<'_, T> {}
impl<T> FusedIterator for Iter<'_, T> {}

impl<'a, T> Iterator for IterMut<'a, T> {
    type Item = &'a mut T;
    #[inline]
    fn next(&mut self) -> Option<&'a mut T> {
        let at = self.at;
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of `positions`, and `positions` returns none of them twice.
        self.positions.next().map(|offset| unsafe { &mut *at.wrapping_offset(offset) })
    }
    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a mut T> {
        let at = self.at;
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of `positions`, and `positions` returns none of them twice.
        self.positions.nth(n).map(|offset| unsafe { &mut *at.wrapping_offset(offset) })
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.positions.size_hint()
    }
}
impl<'a, T> DoubleEndedIterator for IterMut<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a mut T> {
        let at = self.at;
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of `positions`, and `positions` returns none of them twice.
        self.positions.next_back().map(|offset| unsafe { &mut *at.wrapping_offset(offset) })
    }
    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<&'a mut T> {
        let at = self.at;
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of `positions`, and `positions` returns none of them twice.
        self.positions.nth_back(n).map(|offset| unsafe { &mut *at.wrapping_offset(offset) })
    }
}
impl<T> ExactSizeIterator for IterMut<'_, T> {}
impl<T> FusedIterator for IterMut<'_, T> {}

/// The index for the shape `S`, from `all`, which has an index for each axis, the last axis first.
fn index<S: Shape>(all: crate::axes::PerAxis<usize>) -> S::Lengths {
    let mut index = S::FIRST;
    index.as_mut().iter_mut().rev().zip(all).for_each(|(index, i)| *index = i);
    index
}
impl<'a, T, S: Shape> Iterator for IndexedIter<'a, T, S> {
    type Item = (S::Lengths, &'a T);
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let at = self.elements.positions.index();
        self.elements.next().map(|element| (index::<S>(at), element))
    }
    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        if n > 0 {
            self.elements.nth(n - 1)?;
        }
        self.next()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.elements.size_hint()
    }
}
impl<T, S: Shape> DoubleEndedIterator for IndexedIter<'_, T, S> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.nth_back(0)
    }
    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let element = self.elements.nth_back(n)?;
        Some((index::<S>(self.elements.positions.back_index()), element))
    }
}
impl<T, S: Shape> ExactSizeIterator for IndexedIter<'_, T, S> {}
impl<T, S: Shape> FusedIterator for IndexedIter<'_, T, S> {}

/// The elements in row-major order.
///
/// ```
/// let x = shapewright::tensor![[1, 2], [3, 4]];
/// let mut total = 0;
/// for x in &x {
///     total += x;
/// }
/// assert_eq!(total, 10);
/// ```
impl<'a, T: Element, S: Shape, B: Storage> IntoIterator for &'a Tensor<T, S, B> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
/// The elements of the view in row-major order. They are borrowed for as long as the view's memory,
/// not only for as long as the view.
///
/// ```
/// use shapewright::{TensorView, prelude::*, tensor};
/// fn evens<'a>(x: TensorView<'a, i32, shape![4]>) -> impl Iterator<Item = &'a i32> {
///     x.into_iter().filter(|x| *x % 2 == 0)
/// }
/// assert!(evens(tensor![1, 2, 3, 4].view()).eq(&[2, 4]));
/// ```
impl<'a, T: Element, S: Shape> IntoIterator for TensorView<'a, T, S> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        let Iter { at, positions, .. } = self.iter();
        Iter { at, positions, memory: PhantomData }
    }
}
/// The elements of the view in row-major order. They are borrowed for as long as the view's memory,
/// not only for as long as the view.
impl<'a, T: Element, S: Shape> IntoIterator for TensorViewMut<'a, T, S> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(mut self) -> IterMut<'a, T> {
        let IterMut { at, positions, .. } = self.iter_mut();
        IterMut { at, positions, memory: PhantomData }
    }
}
/// The elements in row-major order, by mutable reference.
impl<'a, T: Element, S: Shape, B: StorageMut> IntoIterator for &'a mut Tensor<T, S, B> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
