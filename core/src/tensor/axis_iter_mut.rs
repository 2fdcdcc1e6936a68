//! Iterators over mutable parts of a tensor: the part at each index of an axis, chunks of an axis,
//! and all one-axis views along an axis.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::Range;

use super::axis_iter::{by_number, by_position};
use super::parts::{steps, without};
use super::positions::Positions;
use super::{Tensor, TensorViewMut};
use crate::axes::{MAX_RANK, PerAxis};
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{
    Axis, AxisArg, Carried, Extent, Invariant, List, NarrowAxis, RemoveAxis, Shape,
};
use crate::storage::{ForeignMutBuffer, StorageMut};
use crate::verify;

/// An iterator over the mutable part at each index of an axis, returned by
/// [`Tensor::axis_iter_mut`].
pub struct AxisIterMut<'a, T, S> {
    at: *mut T,
    strides: PerAxis<isize>,
    shape: Carried<S>,
    /// `stride` is the distance between neighbouring parts in elements. `left` has the indices of
    /// the parts that have not been returned.
    stride: isize,
    left: Range<usize>,
    memory: PhantomData<&'a mut T>,
}
/// An iterator over mutable chunks of an axis, returned by [`Tensor::axis_chunks_mut`].
pub struct AxisChunksMut<'a, T, S, Narrowed> {
    at: *mut T,
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
    /// The chunks that have not been returned, each by its number: the first chunk of the axis is
    /// number 0.
    left: Range<usize>,
    memory: PhantomData<&'a mut T>,
    marker: Invariant<Narrowed>,
}
/// An iterator over the mutable one-axis views along an axis, returned by [`Tensor::lanes_mut`].
pub struct LanesMut<'a, T, A> {
    at: *mut T,
    stride: isize,
    axis: Carried<A>,
    positions: Positions,
    memory: PhantomData<&'a mut T>,
}

macro_rules! exclusive_borrows {
    ($($name:ident<$($shape:ident),*>;)*) => {$(
        // SAFETY: the iterator is an exclusive borrow of elements, as `&mut [T]` is.
        unsafe impl<T: Send, $($shape: Send),*> Send for $name<'_, T, $($shape),*> {}
        // SAFETY: a shared reference to the iterator gives access to no element.
        unsafe impl<T: Sync, $($shape: Sync),*> Sync for $name<'_, T, $($shape),*> {}
        impl<T, $($shape),*> fmt::Debug for $name<'_, T, $($shape),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
exclusive_borrows! { AxisIterMut<S>; AxisChunksMut<S, Narrowed>; LanesMut<A>; }

impl<T: Element, S: Shape, B: StorageMut> Tensor<T, S, B> {
    /// As [`axis_iter`](Self::axis_iter), with mutable parts.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[1.0, 2.0], [3.0, 4.0]];
    /// for mut column in x.axis_iter_mut(Axis::<1>) {
    ///     let total = column.sum();
    ///     column /= total;
    /// }
    /// assert_eq!(x.sum_axis(Axis::<0>).to_tensor(), tensor![1.0, 1.0]);
    /// ```
    #[doc(alias("columns_mut", "column_iter_mut"))]
    #[inline]
    pub fn axis_iter_mut<Which: AxisArg, How, Removed: Shape>(
        &mut self,
        _axis: Which,
    ) -> AxisIterMut<'_, T, Removed>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let (axis, shape) = Which::Kind::removed(self.shape());
        let (k, Strides { at, strides }) = (Which::Kind::INDEX, self.strided_mut());
        let (stride, left) = (strides[k], 0..axis.len());
        let (strides, shape) = (without(strides, k), Carried::new(shape));
        AxisIterMut { at, strides, shape, stride, left, memory: PhantomData }
    }

    /// As [`rows`](Self::rows), with mutable rows.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[3.0, 4.0], [6.0, 8.0]];
    /// x.rows_mut().for_each(|mut row| row[[0]] = 0.0);
    /// assert_eq!(x, tensor![[0.0, 4.0], [0.0, 8.0]]);
    /// ```
    #[doc(alias("outer_iter_mut", "row_iter_mut"))]
    #[inline]
    pub fn rows_mut<How, Removed: Shape>(&mut self) -> AxisIterMut<'_, T, Removed>
    where
        <Axis<0> as AxisArg>::Kind: RemoveAxis<Axis<0>, S, How, Output = Removed>,
    {
        self.axis_iter_mut(Axis::<0>)
    }

    /// As [`axis_chunks`](Self::axis_chunks), with mutable chunks.
    ///
    /// # Panics
    /// If `size` is 0.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4, 5];
    /// for (number, mut piece) in x.axis_chunks_mut(Axis::<0>, 2).enumerate() {
    ///     piece.assign(number as i32);
    /// }
    /// assert_eq!(x, tensor![0, 0, 1, 1, 2]);
    /// ```
    #[doc(alias("chunks_mut", "axis_chunks_iter_mut"))]
    #[inline]
    #[track_caller]
    pub fn axis_chunks_mut<Which: AxisArg, How, Narrowed: Shape>(
        &mut self,
        _axis: Which,
        size: usize,
    ) -> AxisChunksMut<'_, T, S, Narrowed>
    where
        Which::Kind: NarrowAxis<Which, S, How, Output = Narrowed>,
    {
        assert!(size > 0, "pieces of an axis have at least one index");
        let (k, shape) = (Which::Kind::INDEX, self.shape());
        let Strides { at, strides } = self.strided_mut();
        let len = shape.into_list().lens()[k];
        let (stride, left, narrowed) =
            (strides[k], 0..len.div_ceil(size), Which::Kind::narrowed as _);
        let (shape, memory, marker) = (Carried::new(shape), PhantomData, PhantomData);
        AxisChunksMut { at, strides, shape, narrowed, stride, len, size, left, memory, marker }
    }

    /// As [`lanes`](Self::lanes), with mutable views.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[1, 2], [3, 4]];
    /// for mut column in x.lanes_mut(Axis::<0>) {
    ///     column[[0]] = column[[1]];
    /// }
    /// assert_eq!(x, tensor![[3, 4], [3, 4]]);
    /// ```
    #[doc(alias("map_axis_mut", "apply_along_axis"))]
    #[inline]
    pub fn lanes_mut<Which: AxisArg, How, Along: Extent>(
        &mut self,
        _axis: Which,
    ) -> LanesMut<'_, T, Along>
    where
        Which::Kind: RemoveAxis<Which, S, How, Found = Along>,
    {
        const { verify::counted::<S>() };
        let (shape, Strides { at, strides }) = (self.shape(), self.strided_mut());
        let lens = shape.into_list().lens();
        let (positions, stride) = Positions::across(Which::Kind::INDEX, lens, strides);
        let axis = Carried::new(Which::Kind::removed(shape).0);
        LanesMut { at, stride, axis, positions, memory: PhantomData }
    }
}

impl<'a, T: Element, S: Shape> AxisIterMut<'a, T, S> {
    /// The part at `index`, which is in bounds. The iterator calls this once at most for each
    /// index.
    fn part(&self, index: usize) -> TensorViewMut<'a, T, S> {
        let at = self.at.wrapping_offset(steps(index, self.stride));
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of its indices. The indices of the part are among these and belong to no other part,
        // and `by_number!` makes no part twice.
        let buffer = unsafe { ForeignMutBuffer::new(at, self.strides) };
        Tensor { buffer, shape: self.shape.get() }
    }
}
impl<'a, T: Element, S: Shape, Narrowed: Shape> AxisChunksMut<'a, T, S, Narrowed> {
    /// The chunk with the number `number`, which is less than the number of chunks. The iterator
    /// calls this once at most for each number.
    fn part(&self, number: usize) -> TensorViewMut<'a, T, Narrowed> {
        let start = number * self.size;
        let at = self.at.wrapping_offset(steps(start, self.stride));
        let shape = (self.narrowed)(self.shape.get(), self.size.min(self.len - start));
        // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at
        // each of its indices. The indices of the chunk are among these and belong to no other
        // chunk, and `by_number!` makes no chunk twice.
        Tensor { buffer: unsafe { ForeignMutBuffer::new(at, self.strides) }, shape }
    }
}
by_number! {
    AxisIterMut<S> of TensorViewMut<S>;
    AxisChunksMut<S, Narrowed> of TensorViewMut<Narrowed>;
}

/// The one-axis view whose first element is `offset` elements after the first element of the
/// tensor. The iterator calls this once at most for each offset.
fn lane<'a, T: Element, A: Extent>(
    lanes: &LanesMut<'a, T, A>,
    offset: isize,
) -> TensorViewMut<'a, T, (A,)> {
    let mut strides = [0; MAX_RANK];
    strides[0] = lanes.stride;
    // SAFETY: the tensor is borrowed exclusively for `'a` and reaches a different element at each
    // of its indices. The indices of this view are among these and belong to no other view, and
    // `by_position!` makes no view twice.
    let buffer = unsafe { ForeignMutBuffer::new(lanes.at.wrapping_offset(offset), strides) };
    Tensor { buffer, shape: (lanes.axis.get(),) }
}
by_position!(LanesMut of TensorViewMut);
