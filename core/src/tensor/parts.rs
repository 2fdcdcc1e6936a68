//! Parts of a tensor by numbers that are known at run time: one index of an axis, or a range of
//! indices. Parts are views, so nothing is copied. Mutable parts are in `parts_mut.rs`.

use core::ops::{Bound, RangeBounds};

use super::{Tensor, TensorView};
use crate::agreement;
use crate::axes::PerAxis;
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{Axis, AxisArg, Length, List, NarrowAxis, RemoveAxis, ReplaceAxis, Shape};
use crate::storage::{ForeignBuffer, Storage};

/// The strides without that of axis `axis` (0 is the last axis).
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn without(strides: PerAxis<isize>, axis: usize) -> PerAxis<isize> {
    core::array::from_fn(|k| {
        let from = if k < axis { k } else { k + 1 };
        strides.get(from).copied().unwrap_or(0)
    })
}

/// The distance in elements from index 0 to index `index` along an axis with the stride `stride`.
/// The product wraps, because the strides of a tensor without elements may have any value.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn steps(index: usize, stride: isize) -> isize {
    (index as isize).wrapping_mul(stride)
}

/// The first index of `range` along an axis of length `len`, and the number of indices in `range`.
///
/// # Panics
/// If `range` ends before it starts.
#[track_caller]
pub(super) fn bounds(range: &impl RangeBounds<usize>, len: usize) -> (usize, usize) {
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

/// The distance in elements from the first element of a tensor to its part with the `len` indices
/// from `start` on along axis `axis` (0 is the last axis).
///
/// # Panics
/// If the indices reach past the end of the axis.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(super) fn start_of<S: Shape>(
    shape: S,
    strides: PerAxis<isize>,
    axis: usize,
    start: usize,
    len: usize,
) -> isize {
    if shape.into_list().lens()[axis].checked_sub(start).is_none_or(|rest| rest < len) {
        agreement::no_such_range(shape, axis, start, len);
    }
    steps(start, strides[axis])
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// The part at one index of an axis, without the axis: NumPy's `x[:, i]` is
    /// `x.index_axis(Axis::<1>, i)`.
    ///
    /// # Panics
    /// If the index is out of range; [`get_axis`](Self::get_axis) returns `None`.
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
    #[doc(alias("take", "slice", "select"))]
    #[inline]
    #[track_caller]
    pub fn index_axis<Which: AxisArg, How, Removed: Shape>(
        &self,
        axis: Which,
        index: usize,
    ) -> TensorView<'_, T, Removed>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        match self.get_axis(axis, index) {
            Some(part) => part,
            None => agreement::no_such_index(self.shape(), Which::Kind::INDEX, index),
        }
    }

    /// As [`index_axis`](Self::index_axis); `None` if the index is out of range.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.get_axis(Axis::<0>, 1).unwrap(), tensor![4, 5, 6]);
    /// assert!(x.get_axis(Axis::<0>, 2).is_none());
    /// ```
    #[inline]
    pub fn get_axis<Which: AxisArg, How, Removed: Shape>(
        &self,
        _axis: Which,
        index: usize,
    ) -> Option<TensorView<'_, T, Removed>>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let k = Which::Kind::INDEX;
        if index >= self.shape().into_list().lens()[k] {
            return None;
        }
        let Strides { at, strides } = self.strided();
        let at = at.wrapping_offset(steps(index, strides[k]));
        // SAFETY: the strides reach an element at every index of the tensor. The indices of the
        // part are among these, because `index` is in bounds. `self` is borrowed for as long as the
        // view.
        let buffer = unsafe { ForeignBuffer::new(at, without(strides, k)) };
        Some(Tensor { buffer, shape: Which::Kind::removed(self.shape()).1 })
    }

    /// The part at one index of the first axis: `x[i]` in NumPy.
    ///
    /// # Panics
    /// If the index is out of range.
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

    /// The part at one index of the second axis: `x[:, j]` in NumPy, a column of a matrix.
    ///
    /// # Panics
    /// If the index is out of range.
    ///
    /// ```
    /// let x = shapewright::tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.column(1), shapewright::tensor![2, 5]);
    /// ```
    #[doc(alias("col"))]
    #[inline]
    #[track_caller]
    pub fn column<How, Removed: Shape>(&self, index: usize) -> TensorView<'_, T, Removed>
    where
        <Axis<1> as AxisArg>::Kind: RemoveAxis<Axis<1>, S, How, Output = Removed>,
    {
        self.index_axis(Axis::<1>, index)
    }

    /// The part with the indices of an axis from `start` on, as many as `length` says: NumPy's
    /// `x[start:start + 32]` is `x.narrow(Axis::<0>, start, Dim::<32>)`. The length is a type, and
    /// `start` is a number. For a run-time length write `x.narrow(Batch, start, Batch.of(n))`.
    ///
    /// # Panics
    /// If the indices reach past the end of the axis.
    ///
    /// ```
    /// use shapewright::{Dim, prelude::*, tensor};
    /// let x = tensor![1.0, 2.0, 4.0, 8.0];
    /// let sums: Vec<f64> = (0..3).map(|start| x.narrow(Axis::<0>, start, Dim::<2>).sum()).collect();
    /// assert_eq!(sums, [3.0, 6.0, 12.0]);
    /// ```
    #[doc(alias("slice_axis", "dynamic_slice"))]
    #[inline]
    #[track_caller]
    pub fn narrow<Which: AxisArg, How, N: Length, Narrowed: Shape>(
        &self,
        _axis: Which,
        start: usize,
        length: N,
    ) -> TensorView<'_, T, Narrowed>
    where
        Which::Kind: ReplaceAxis<Which, S, How, N, Output = Narrowed>,
    {
        let shape = Which::Kind::replaced(self.shape(), length);
        // SAFETY: in `shape` the axis has the length of the part, which is not a `One`, because
        // `One` is no `Length`.
        unsafe { self.part(Which::Kind::INDEX, start, length.len(), shape) }
    }

    /// The part with a range of the indices of an axis. The range, and so its length, is known at
    /// run time: NumPy's `x[a:b]` is `x.slice_range(Axis::<0>, a..b)`.
    ///
    /// An axis of run-time length keeps its name. The part of any other axis has a length without a
    /// name, because a static name stands for one length. A part that [`narrow`](Self::narrow)
    /// returns can have a length with a name.
    ///
    /// # Panics
    /// If the range reaches past the end of the axis, or ends before it starts.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![1.0, 2.0, 4.0, 8.0];
    /// assert_eq!(x.slice_range(Axis::<0>, 1..3).sum(), 6.0);
    /// assert_eq!(x.slice_range(Axis::<0>, 2..).sum(), 12.0);
    /// ```
    #[doc(alias("s", "slice_axis"))]
    #[inline]
    #[track_caller]
    pub fn slice_range<Which: AxisArg, How, Narrowed: Shape>(
        &self,
        _axis: Which,
        range: impl RangeBounds<usize>,
    ) -> TensorView<'_, T, Narrowed>
    where
        Which::Kind: NarrowAxis<Which, S, How, Output = Narrowed>,
    {
        let (start, len) = bounds(&range, self.shape().into_list().lens()[Which::Kind::INDEX]);
        let shape = Which::Kind::narrowed(self.shape(), len);
        // SAFETY: in `shape` the axis has the length of the part, which is not a `One`:
        // `NarrowAxis` returns a run-time length.
        unsafe { self.part(Which::Kind::INDEX, start, len, shape) }
    }

    /// The part with the `len` indices from `start` on along axis `axis` (0 is the last axis).
    ///
    /// # Panics
    /// If the indices reach past the end of the axis.
    ///
    /// # Safety
    /// `shape` is the shape of the tensor with a length of `len` in place of the axis. This length
    /// is not a `One`, along which the stride would have to be 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    unsafe fn part<Narrowed: Shape>(
        &self,
        axis: usize,
        start: usize,
        len: usize,
        shape: Narrowed,
    ) -> TensorView<'_, T, Narrowed> {
        let Strides { at, strides } = self.strided();
        let at = at.wrapping_offset(start_of(self.shape(), strides, axis, start, len));
        // SAFETY: the strides reach an element at every index of the tensor. The indices of the
        // part are among these, because `start_of` panics if they are not. `self` is borrowed for
        // as long as the view.
        Tensor { buffer: unsafe { ForeignBuffer::new(at, strides) }, shape }
    }
}

impl<'a, T: Element, S: Shape> TensorView<'a, T, S> {
    /// As [`index_axis`](Tensor::index_axis), but the part is borrowed for as long as the memory of
    /// the view, and not only for as long as the view. So a function can return the part.
    ///
    /// # Panics
    /// If the index is out of range.
    ///
    /// ```
    /// use shapewright::{Length, TensorView, prelude::*, tensor};
    /// fn last<'a, N: Length>(x: TensorView<'a, f32, (N, N)>) -> TensorView<'a, f32, (N,)> {
    ///     x.into_index_axis(Axis::<1>, x.shape().lengths()[1] - 1)
    /// }
    /// let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    /// assert_eq!(last(x.view()), tensor![2.0, 4.0]);
    /// ```
    #[doc(alias("index_axis_move"))]
    #[inline]
    #[track_caller]
    pub fn into_index_axis<Which: AxisArg, How, Removed: Shape>(
        self,
        axis: Which,
        index: usize,
    ) -> TensorView<'a, T, Removed>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let Tensor { buffer, shape } = self.index_axis(axis, index);
        // SAFETY: the elements of the part are elements of this view, whose memory is borrowed for
        // `'a`.
        Tensor { buffer: unsafe { buffer.for_as_long_as() }, shape }
    }

    /// As [`row`](Tensor::row), but the row is borrowed for as long as the memory of the view.
    ///
    /// # Panics
    /// If the index is out of range.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2], [3, 4]];
    /// let column = x.t().view().into_row(1);
    /// assert_eq!(column, tensor![2, 4]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn into_row<How, Removed: Shape>(self, index: usize) -> TensorView<'a, T, Removed>
    where
        <Axis<0> as AxisArg>::Kind: RemoveAxis<Axis<0>, S, How, Output = Removed>,
    {
        self.into_index_axis(Axis::<0>, index)
    }
}
