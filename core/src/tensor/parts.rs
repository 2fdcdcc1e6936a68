//! Parts of a tensor by numbers that are known at run time: one index of an axis, and a range of it.
//! They are views, and no element moves.

use core::ops::{Bound, RangeBounds};

use super::{Tensor, TensorView, TensorViewMut};
use crate::agreement;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{Axis, AxisArg, Dyn, Length, List, RemoveAxis, ReplaceAxis, Shape};
use crate::storage::{ForeignBuffer, ForeignMutBuffer, Storage, StorageMut};

/// The strides without that of axis `axis`, counted from the last.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn without(strides: PerAxis<isize>, axis: usize) -> PerAxis<isize> {
    core::array::from_fn(|k| {
        let from = if k < axis { k } else { k + 1 };
        strides.get(from).copied().unwrap_or(0)
    })
}

/// How far index `index` is from the first along an axis of this stride. Where there is no element,
/// strides may be any.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn steps(index: usize, stride: isize) -> isize {
    (index as isize).wrapping_mul(stride)
}

/// Where a range of an axis of length `len` starts, and how many indices it has.
///
/// # Panics
/// When it ends before it starts.
#[track_caller]
fn bounds(range: &impl RangeBounds<usize>, len: usize) -> (usize, usize) {
    let start = match range.start_bound() {
        Bound::Included(&start) => start,
        Bound::Excluded(&before) => before.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(&last) => last.saturating_add(1),
        Bound::Excluded(&end) => end,
        Bound::Unbounded => len,
    };
    assert!(start <= end, "the range starts at {start} and ends at {end}");
    (start, end - start)
}

/// How far the part of `len` indices of axis `axis`, counted from the last, that starts at `start` is
/// from the first element.
///
/// # Panics
/// When the indices reach past the end.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
fn start_of<S: Shape>(shape: S, strides: PerAxis<isize>, axis: usize, start: usize, len: usize) -> isize {
    if shape.into_list().lens()[axis].checked_sub(start).is_none_or(|rest| rest < len) {
        agreement::no_such_range(shape, axis, start, len);
    }
    steps(start, strides[axis])
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// The part at one index of an axis, without the axis: `x[:, i]` is `x.index_axis(Axis::<1>, i)`.
    ///
    /// # Panics
    /// When the index is out of range; [`get_axis`](Self::get_axis) returns `None`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.index_axis(Axis::<1>, 2), tensor![3, 6]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{prelude::*, tensor};
    /// let _ = tensor![[1, 2, 3], [4, 5, 6]].index_axis(Axis::<2>, 0); // axis 2 is out of range
    /// ```
    #[doc(alias("take", "slice", "select", "column"))]
    #[inline]
    #[track_caller]
    pub fn index_axis<W: AxisArg, How, Removed: Shape>(
        &self,
        axis: W,
        index: usize,
    ) -> TensorView<'_, T, Removed>
    where
        W::Kind: RemoveAxis<W, S, How, Output = Removed>,
    {
        match self.get_axis(axis, index) {
            Some(part) => part,
            None => agreement::no_such_index(self.shape(), W::Kind::INDEX, index),
        }
    }

    /// As [`index_axis`](Self::index_axis), or `None` where the index is out of range.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.get_axis(Axis::<0>, 1).unwrap(), tensor![4, 5, 6]);
    /// assert!(x.get_axis(Axis::<0>, 2).is_none());
    /// ```
    #[inline]
    pub fn get_axis<W: AxisArg, How, Removed: Shape>(
        &self,
        _axis: W,
        index: usize,
    ) -> Option<TensorView<'_, T, Removed>>
    where
        W::Kind: RemoveAxis<W, S, How, Output = Removed>,
    {
        let k = W::Kind::INDEX;
        if index >= self.shape().into_list().lens()[k] {
            return None;
        }
        let Strides { at, strides } = self.strided();
        let at = at.wrapping_offset(steps(index, strides[k]));
        // SAFETY: the strides reach an element at every index of the tensor, and those of the part
        // are some of them; `self` is borrowed for as long as the view.
        let buffer = unsafe { ForeignBuffer::new(at, without(strides, k)) };
        Some(Tensor { buffer, shape: W::Kind::removed(self.shape()).1 })
    }

    /// The part at one index of the first axis: `x[i]` in NumPy.
    ///
    /// # Panics
    /// When the index is out of range.
    ///
    /// ```
    /// let x = shapewright::tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.row(1), shapewright::tensor![4, 5, 6]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn row<How, Removed: Shape>(&self, index: usize) -> TensorView<'_, T, Removed>
    where
        <Axis<0> as AxisArg>::Kind: RemoveAxis<Axis<0>, S, How, Output = Removed>,
    {
        self.index_axis(Axis::<0>, index)
    }

    /// So many indices of an axis from `start` on, of which only the number is a type:
    /// `x[start:start + 32]` is `x.narrow(Axis::<0>, start, Dim::<32>)`. Of a length of run time it is
    /// `x.narrow(Batch, start, Batch.of(n))`.
    ///
    /// # Panics
    /// When they reach past the end.
    ///
    /// ```
    /// use shapewright::{Dim, prelude::*, tensor};
    /// let x = tensor![1.0, 2.0, 4.0, 8.0];
    /// let sums: Vec<f64> = (0..3).map(|start| x.narrow(Axis::<0>, start, Dim::<2>).sum()).collect();
    /// assert_eq!(sums, [3.0, 6.0, 12.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn narrow<W: AxisArg, How, N: Length, Narrowed: Shape>(
        &self,
        _axis: W,
        start: usize,
        length: N,
    ) -> TensorView<'_, T, Narrowed>
    where
        W::Kind: ReplaceAxis<W, S, How, N, Output = Narrowed>,
    {
        let Strides { at, strides } = self.strided();
        let at = at.wrapping_offset(start_of(self.shape(), strides, W::Kind::INDEX, start, length.len()));
        // SAFETY: the strides reach an element at every index of the tensor, and those of the part
        // are some of them; what replaces the axis is a length, and no `One`, along which the stride
        // would have to be 0; `self` is borrowed for as long as the view.
        let buffer = unsafe { ForeignBuffer::new(at, strides) };
        Tensor { buffer, shape: W::Kind::replaced(self.shape(), length) }
    }

    /// A range of an axis, whose length is known at run time: `x[a:b]` is
    /// `x.slice_range(Axis::<0>, a..b)`. The length has no name; [`narrow`](Self::narrow) gives it one.
    ///
    /// # Panics
    /// When the range reaches past the end, or ends before it starts.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![1.0, 2.0, 4.0, 8.0];
    /// assert_eq!(x.slice_range(Axis::<0>, 1..3).sum(), 6.0);
    /// assert_eq!(x.slice_range(Axis::<0>, 2..).sum(), 12.0);
    /// ```
    #[inline]
    #[track_caller]
    pub fn slice_range<W: AxisArg, How, Narrowed: Shape>(
        &self,
        axis: W,
        range: impl RangeBounds<usize>,
    ) -> TensorView<'_, T, Narrowed>
    where
        W::Kind: ReplaceAxis<W, S, How, Dyn, Output = Narrowed>,
    {
        let (start, len) = bounds(&range, self.shape().into_list().lens()[W::Kind::INDEX]);
        self.narrow(axis, start, Dyn::of(len))
    }
}

impl<T: Element, S: Shape, B: StorageMut> Tensor<T, S, B> {
    /// As [`index_axis`](Self::index_axis), to be written to.
    ///
    /// # Panics
    /// When the index is out of range; [`get_axis_mut`](Self::get_axis_mut) returns `None`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[1, 2], [3, 4]];
    /// x.index_axis_mut(Axis::<1>, 0).assign(7);
    /// assert_eq!(x, tensor![[7, 2], [7, 4]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn index_axis_mut<W: AxisArg, How, Removed: Shape>(
        &mut self,
        axis: W,
        index: usize,
    ) -> TensorViewMut<'_, T, Removed>
    where
        W::Kind: RemoveAxis<W, S, How, Output = Removed>,
    {
        let shape = self.shape();
        match self.get_axis_mut(axis, index) {
            Some(part) => part,
            None => agreement::no_such_index(shape, W::Kind::INDEX, index),
        }
    }

    /// As [`index_axis_mut`](Self::index_axis_mut), or `None` where the index is out of range.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2];
    /// assert!(x.get_axis_mut(Axis::<0>, 2).is_none());
    /// ```
    #[inline]
    pub fn get_axis_mut<W: AxisArg, How, Removed: Shape>(
        &mut self,
        _axis: W,
        index: usize,
    ) -> Option<TensorViewMut<'_, T, Removed>>
    where
        W::Kind: RemoveAxis<W, S, How, Output = Removed>,
    {
        let (k, shape) = (W::Kind::INDEX, self.shape());
        if index >= shape.into_list().lens()[k] {
            return None;
        }
        let Strides { at, strides } = self.strided_mut();
        let at = at.wrapping_offset(steps(index, strides[k]));
        // SAFETY: the strides reach an element at every index of the tensor, each one apart, and
        // those of the part are some of them; `self` is borrowed exclusively for as long as the view.
        let buffer = unsafe { ForeignMutBuffer::new(at, without(strides, k)) };
        Some(Tensor { buffer, shape: W::Kind::removed(shape).1 })
    }

    /// As [`row`](Self::row), to be written to.
    ///
    /// # Panics
    /// When the index is out of range.
    ///
    /// ```
    /// let mut x = shapewright::tensor![[1, 2], [3, 4]];
    /// let mut row = x.row_mut(1);
    /// row += 10;
    /// assert_eq!(x, shapewright::tensor![[1, 2], [13, 14]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn row_mut<How, Removed: Shape>(&mut self, index: usize) -> TensorViewMut<'_, T, Removed>
    where
        <Axis<0> as AxisArg>::Kind: RemoveAxis<Axis<0>, S, How, Output = Removed>,
    {
        self.index_axis_mut(Axis::<0>, index)
    }

    /// As [`narrow`](Self::narrow), to be written to.
    ///
    /// # Panics
    /// When the indices reach past the end.
    ///
    /// ```
    /// use shapewright::{Dim, prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4];
    /// x.narrow_mut(Axis::<0>, 1, Dim::<2>).assign(tensor![7, 8]);
    /// assert_eq!(x, tensor![1, 7, 8, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn narrow_mut<W: AxisArg, How, N: Length, Narrowed: Shape>(
        &mut self,
        _axis: W,
        start: usize,
        length: N,
    ) -> TensorViewMut<'_, T, Narrowed>
    where
        W::Kind: ReplaceAxis<W, S, How, N, Output = Narrowed>,
    {
        let shape = self.shape();
        let Strides { at, strides } = self.strided_mut();
        let at = at.wrapping_offset(start_of(shape, strides, W::Kind::INDEX, start, length.len()));
        // SAFETY: the strides reach an element at every index of the tensor, each one apart, and
        // those of the part are some of them; what replaces the axis is a length, and no `One`; `self`
        // is borrowed exclusively for as long as the view.
        let buffer = unsafe { ForeignMutBuffer::new(at, strides) };
        Tensor { buffer, shape: W::Kind::replaced(shape, length) }
    }

    /// As [`slice_range`](Self::slice_range), to be written to.
    ///
    /// # Panics
    /// When the range reaches past the end, or ends before it starts.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4];
    /// x.slice_range_mut(Axis::<0>, ..2).assign(0);
    /// assert_eq!(x, tensor![0, 0, 3, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn slice_range_mut<W: AxisArg, How, Narrowed: Shape>(
        &mut self,
        axis: W,
        range: impl RangeBounds<usize>,
    ) -> TensorViewMut<'_, T, Narrowed>
    where
        W::Kind: ReplaceAxis<W, S, How, Dyn, Output = Narrowed>,
    {
        let (start, len) = bounds(&range, self.shape().into_list().lens()[W::Kind::INDEX]);
        self.narrow_mut(axis, start, Dyn::of(len))
    }
}
