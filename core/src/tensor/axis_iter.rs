//! Iterators over parts of a tensor: the part at each index of an axis, chunks of an axis, and all
//! one-axis views along an axis.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::Range;

use super::parts::{steps, without};
use super::positions::Positions;
use super::{Tensor, TensorView};
use crate::axes::{MAX_RANK, PerAxis};
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{
    Axis, AxisArg, Carried, Extent, Invariant, List, NarrowAxis, RemoveAxis, Shape,
};
use crate::storage::{ForeignBuffer, Storage};
use crate::verify;

/// An iterator over the part at each index of an axis, returned by [`Tensor::axis_iter`].
#[derive(Clone)]
pub struct AxisIter<'a, T, S> {
    at: *const T,
    strides: PerAxis<isize>,
    shape: Carried<S>,
    /// `stride` is the distance between neighbouring parts in elements. `left` has the indices of
    /// the parts that have not been returned.
    stride: isize,
    left: Range<usize>,
    memory: PhantomData<&'a T>,
}
/// An iterator over chunks of an axis, returned by [`Tensor::axis_chunks`].
#[derive(Clone)]
pub struct AxisChunks<'a, T, S, Narrowed> {
    at: *const T,
    strides: PerAxis<isize>,
    /// `shape` is the shape of the whole tensor, and `narrowed` the function that returns this
    /// shape with another length along the axis.
    shape: Carried<S>,
    narrowed: fn(S, usize) -> Narrowed,
    stride: isize,
    /// `len` is the length of the axis, and `size` the length of a chunk. The last chunk may be
    /// shorter.
    len: usize,
    size: usize,
    /// The numbers of the chunks that have not been returned.
    left: Range<usize>,
    memory: PhantomData<&'a T>,
    marker: Invariant<Narrowed>,
}
/// An iterator over the one-axis views along an axis, returned by [`Tensor::lanes`].
#[derive(Clone)]
pub struct Lanes<'a, T, A> {
    at: *const T,
    stride: isize,
    axis: Carried<A>,
    positions: Positions,
    memory: PhantomData<&'a T>,
}

macro_rules! shared_borrows {
    ($($name:ident<$($shape:ident),*>;)*) => {$(
        // SAFETY: the iterator is a shared borrow of elements, as `&[T]` is.
        unsafe impl<T: Sync, $($shape: Send),*> Send for $name<'_, T, $($shape),*> {}
        // SAFETY: the iterator is a shared borrow of elements, as `&[T]` is.
        unsafe impl<T: Sync, $($shape: Sync),*> Sync for $name<'_, T, $($shape),*> {}
        impl<T, $($shape),*> fmt::Debug for $name<'_, T, $($shape),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
shared_borrows! { AxisIter<S>; AxisChunks<S, Narrowed>; Lanes<A>; }

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// Iterates over the part at each index of an axis. A part lacks the axis itself, like the view
    /// that [`index_axis`](Self::index_axis) returns.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
    /// let sums: Vec<f64> = x.axis_iter(Axis::<0>).map(|row| row.sum()).collect();
    /// assert_eq!(sums, [3.0, 7.0]);
    /// ```
    #[doc(alias("columns", "column_iter", "unbind"))]
    #[inline]
    pub fn axis_iter<Which: AxisArg, How, Removed: Shape>(
        &self,
        _axis: Which,
    ) -> AxisIter<'_, T, Removed>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let (k, Strides { at, strides }) = (Which::Kind::INDEX, self.strided());
        let (axis, shape) = Which::Kind::removed(self.shape());
        let (stride, left) = (strides[k], 0..axis.len());
        let (strides, shape) = (without(strides, k), Carried::new(shape));
        AxisIter { at, strides, shape, stride, left, memory: PhantomData }
    }

    /// Iterates over the part at each index of the first axis: the rows of a matrix, as
    /// `for row in x` in NumPy.
    ///
    /// ```
    /// let x = shapewright::tensor![[1, 2], [3, 4], [5, 6]];
    /// let products: Vec<i32> = x.rows().map(|row| row[[0]] * row[[1]]).collect();
    /// assert_eq!(products, [2, 12, 30]);
    /// ```
    #[doc(alias("outer_iter", "row_iter", "unbind"))]
    #[inline]
    pub fn rows<How, Removed: Shape>(&self) -> AxisIter<'_, T, Removed>
    where
        <Axis<0> as AxisArg>::Kind: RemoveAxis<Axis<0>, S, How, Output = Removed>,
    {
        self.axis_iter(Axis::<0>)
    }

    /// Iterates over chunks of `size` indices of an axis, such as minibatches. The last chunk is
    /// shorter if `size` does not divide the length of the axis.
    ///
    /// The length of a chunk is known at run time only. It has the name of the axis if the axis has
    /// a run-time length too: the chunks of a `Tensor<f32, shape![?Batch, 784]>` are of type
    /// `TensorView<f32, shape![?Batch, 784]>`. `piece.rename::<shape![?Rows, 784]>()` gives a chunk
    /// another name, and `piece.try_with_shape::<shape![32, 784]>()?` a static length; for the
    /// shorter last chunk this is an error.
    ///
    /// # Panics
    /// If `size` is 0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![1, 2, 3, 4, 5];
    /// let sums: Vec<i32> = x.axis_chunks(Axis::<0>, 2).map(|piece| piece.sum()).collect();
    /// assert_eq!(sums, [3, 7, 5]);
    /// ```
    #[doc(alias("chunks", "axis_chunks_iter", "split", "minibatch"))]
    #[inline]
    #[track_caller]
    pub fn axis_chunks<Which: AxisArg, How, Narrowed: Shape>(
        &self,
        _axis: Which,
        size: usize,
    ) -> AxisChunks<'_, T, S, Narrowed>
    where
        Which::Kind: NarrowAxis<Which, S, How, Output = Narrowed>,
    {
        assert!(size > 0, "pieces of an axis have at least one index");
        let (k, shape, Strides { at, strides }) =
            (Which::Kind::INDEX, self.shape(), self.strided());
        let len = shape.into_list().lens()[k];
        let narrowed = Which::Kind::narrowed;
        let (stride, left) = (strides[k], 0..len.div_ceil(size));
        let (shape, memory, marker) = (Carried::new(shape), PhantomData, PhantomData);
        AxisChunks { at, strides, shape, narrowed, stride, len, size, left, memory, marker }
    }

    /// Iterates over the one-axis views along an axis, in row-major order of the other axes.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.lanes(Axis::<0>).nth(1).unwrap(), tensor![2, 5]);
    /// assert_eq!(x.lanes(Axis::<0>).len(), 3);
    /// ```
    #[doc(alias("map_axis", "apply_along_axis"))]
    #[inline]
    pub fn lanes<Which: AxisArg, How, Along: Extent>(&self, _axis: Which) -> Lanes<'_, T, Along>
    where
        Which::Kind: RemoveAxis<Which, S, How, Found = Along>,
    {
        const { verify::counted::<S>() };
        let (shape, Strides { at, strides }) = (self.shape(), self.strided());
        let lens = shape.into_list().lens();
        let (positions, stride) = Positions::across(Which::Kind::INDEX, lens, strides);
        let axis = Carried::new(Which::Kind::removed(shape).0);
        Lanes { at, stride, axis, positions, memory: PhantomData }
    }
}

impl<'a, T: Element, S: Shape> AxisIter<'a, T, S> {
    /// The part at `index`, which is in bounds.
    fn part(&self, index: usize) -> TensorView<'a, T, S> {
        let at = self.at.wrapping_offset(steps(index, self.stride));
        // SAFETY: the tensor is borrowed for `'a` and reaches an element at each of its indices,
        // and the indices of the part are among these.
        Tensor { buffer: unsafe { ForeignBuffer::new(at, self.strides) }, shape: self.shape.get() }
    }
}
impl<'a, T: Element, S: Shape, Narrowed: Shape> AxisChunks<'a, T, S, Narrowed> {
    /// The chunk with the number `number`, which is less than the number of chunks.
    fn part(&self, number: usize) -> TensorView<'a, T, Narrowed> {
        let start = number * self.size;
        let at = self.at.wrapping_offset(steps(start, self.stride));
        let shape = (self.narrowed)(self.shape.get(), self.size.min(self.len - start));
        // SAFETY: the tensor is borrowed for `'a` and reaches an element at each of its indices,
        // and the indices of the chunk are among these.
        Tensor { buffer: unsafe { ForeignBuffer::new(at, self.strides) }, shape }
    }
}
/// Implements the traits of double-ended iterators for types whose parts have numbers: the field
/// `left` is the range of the numbers of the parts that have not been returned. `part(number)`
/// makes a part, and is called once at most for each number.
macro_rules! by_number {
    ($($name:ident<$($shape:ident),*> of $view:ident<$part:ident>;)*) => {$(
        impl<'a, T: Element, $($shape: Shape),*> Iterator for $name<'a, T, $($shape),*> {
            type Item = $view<'a, T, $part>;
            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.left.next().map(|number| self.part(number))
            }
            #[inline]
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                self.left.nth(n).map(|number| self.part(number))
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.left.size_hint()
            }
        }
        impl<T: Element, $($shape: Shape),*> DoubleEndedIterator for $name<'_, T, $($shape),*> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.left.next_back().map(|number| self.part(number))
            }
            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
                self.left.nth_back(n).map(|number| self.part(number))
            }
        }
        impl<T: Element, $($shape: Shape),*> ExactSizeIterator for $name<'_, T, $($shape),*> {}
        impl<T: Element, $($shape: Shape),*> FusedIterator for $name<'_, T, $($shape),*> {}
    )*};
}
pub(super) use by_number;
by_number! {
    AxisIter<S> of TensorView<S>;
    AxisChunks<S, Narrowed> of TensorView<Narrowed>;
}

/// The one-axis view whose first element is `offset` elements after the first element of the
/// tensor.
fn lane<'a, T: Element, A: Extent>(
    lanes: &Lanes<'a, T, A>,
    offset: isize,
) -> TensorView<'a, T, (A,)> {
    let mut strides = [0; MAX_RANK];
    strides[0] = lanes.stride;
    // SAFETY: the tensor is borrowed for `'a` and reaches an element at each of its indices, and
    // the indices of the one-axis view are among these.
    let buffer = unsafe { ForeignBuffer::new(lanes.at.wrapping_offset(offset), strides) };
    Tensor { buffer, shape: (lanes.axis.get(),) }
}
/// Implements the traits of double-ended iterators for types whose one-axis views begin at the
/// offsets in the field `positions`. The function `lane` of the file in which the macro is called
/// makes a view, and is called once at most for each offset.
macro_rules! by_position {
    ($name:ident of $view:ident) => {
        impl<'a, T: Element, A: Extent> Iterator for $name<'a, T, A> {
            type Item = $view<'a, T, (A,)>;
            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                let offset = self.positions.next()?;
                Some(lane(self, offset))
            }
            #[inline]
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                let offset = self.positions.nth(n)?;
                Some(lane(self, offset))
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.positions.size_hint()
            }
        }
        impl<T: Element, A: Extent> DoubleEndedIterator for $name<'_, T, A> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                let offset = self.positions.next_back()?;
                Some(lane(self, offset))
            }
            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
                let offset = self.positions.nth_back(n)?;
                Some(lane(self, offset))
            }
        }
        impl<T: Element, A: Extent> ExactSizeIterator for $name<'_, T, A> {}
        impl<T: Element, A: Extent> FusedIterator for $name<'_, T, A> {}
    };
}
pub(super) use by_position;
by_position!(Lanes of TensorView);
