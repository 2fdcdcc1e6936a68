//! Mutable parts of a tensor, at one index of an axis or over a range of indices. The index or the
//! range may be known at run time or at compile time.

use core::ops::RangeBounds;

use super::parts::{bounds, start_of, steps, without};
use super::{Tensor, TensorViewMut};
use crate::agreement;
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{
    Axis, AxisArg, Dim, Length, List, NarrowAxis, RemoveAxis, ReplaceAxis, Shape, Span,
};
use crate::storage::{ForeignMutBuffer, StorageMut};
use crate::verify;

impl<T: Element, S: Shape, B: StorageMut> Tensor<T, S, B> {
    /// As [`index_axis`](Self::index_axis), as a mutable view.
    ///
    /// # Panics
    /// If the index is out of range; [`get_axis_mut`](Self::get_axis_mut) returns `None`.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![[1, 2], [3, 4]];
    /// x.index_axis_mut(Axis::<1>, 0).assign(7);
    /// assert_eq!(x, tensor![[7, 2], [7, 4]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn index_axis_mut<Which: AxisArg, How, Removed: Shape>(
        &mut self,
        axis: Which,
        index: usize,
    ) -> TensorViewMut<'_, T, Removed>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let shape = self.shape();
        match self.get_axis_mut(axis, index) {
            Some(part) => part,
            None => agreement::no_such_index(shape, Which::Kind::INDEX, index),
        }
    }

    /// As [`index_axis_mut`](Self::index_axis_mut); `None` if the index is out of range.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2];
    /// assert!(x.get_axis_mut(Axis::<0>, 2).is_none());
    /// ```
    #[inline]
    pub fn get_axis_mut<Which: AxisArg, How, Removed: Shape>(
        &mut self,
        _axis: Which,
        index: usize,
    ) -> Option<TensorViewMut<'_, T, Removed>>
    where
        Which::Kind: RemoveAxis<Which, S, How, Output = Removed>,
    {
        let (k, shape) = (Which::Kind::INDEX, self.shape());
        if index >= shape.into_list().lens()[k] {
            return None;
        }
        let Strides { at, strides } = self.strided_mut();
        let at = at.wrapping_offset(steps(index, strides[k]));
        // SAFETY: the strides reach a different element at every index of the tensor. The indices
        // of the part are among these, because `index` is in bounds. `self` is borrowed exclusively
        // for as long as the view.
        let buffer = unsafe { ForeignMutBuffer::new(at, without(strides, k)) };
        Some(Tensor { buffer, shape: Which::Kind::removed(shape).1 })
    }

    /// As [`row`](Self::row), as a mutable view.
    ///
    /// # Panics
    /// If the index is out of range.
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

    /// As [`narrow`](Self::narrow), as a mutable view.
    ///
    /// # Panics
    /// If the indices reach past the end of the axis.
    ///
    /// ```
    /// use shapewright::{Dim, prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4];
    /// x.narrow_mut(Axis::<0>, 1, Dim::<2>).assign(tensor![7, 8]);
    /// assert_eq!(x, tensor![1, 7, 8, 4]);
    /// ```
    #[doc(alias("slice_axis_mut"))]
    #[inline]
    #[track_caller]
    pub fn narrow_mut<Which: AxisArg, How, N: Length, Narrowed: Shape>(
        &mut self,
        _axis: Which,
        start: usize,
        length: N,
    ) -> TensorViewMut<'_, T, Narrowed>
    where
        Which::Kind: ReplaceAxis<Which, S, How, N, Output = Narrowed>,
    {
        let shape = Which::Kind::replaced(self.shape(), length);
        // SAFETY: in `shape` the axis has the length of the part, which is not a `One`, because
        // `One` is no `Length`.
        unsafe { self.part_mut(Which::Kind::INDEX, start, length.len(), shape) }
    }

    /// As [`slice`](crate::ops::Reshaping::slice), as a mutable view: a [`Span`] of an axis, whose
    /// start, length and step are known at compile time. The step must not be 0, because no element
    /// may be in a mutable view twice. A full build, and not `cargo check`, verifies that the
    /// indices are in range.
    ///
    /// # Panics
    /// If the length of the axis is known only at run time and the indices reach past the end of
    /// the axis.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4];
    /// let mut even = x.slice_mut(Axis::<0>, Span::<0, 2, 2>);
    /// even *= 10;
    /// assert_eq!(x, tensor![10, 2, 30, 4]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{prelude::*, tensor};
    /// let _ = tensor![1, 2, 3, 4].slice_mut(Axis::<0>, Span::<0, 2, 0>);
    /// ```
    #[doc(alias("s_mut", "slice_axis_mut"))]
    #[inline]
    #[track_caller]
    pub fn slice_mut<
        Which: AxisArg,
        How,
        Sliced: Shape,
        const START: isize,
        const LEN: usize,
        const STEP: isize,
    >(
        &mut self,
        _axis: Which,
        _span: Span<START, LEN, STEP>,
    ) -> TensorViewMut<'_, T, Sliced>
    where
        Which::Kind: ReplaceAxis<Which, S, How, Dim<LEN>, Output = Sliced>,
    {
        const { assert!(STEP != 0, "what is written to has each element once: the step is not 0") };
        const {
            verify::span::<S, <Which::Kind as ReplaceAxis<Which, S, How, Dim<LEN>>>::Found>(
                START, LEN, STEP,
            )
        };
        let (shape, axis) = (self.shape(), Which::Kind::INDEX);
        let start = agreement::span::<
            _,
            <Which::Kind as ReplaceAxis<Which, S, How, Dim<LEN>>>::Found,
        >(shape, axis, START, LEN, STEP);
        let Strides { at, mut strides } = self.strided_mut();
        let at = at.wrapping_offset(steps(start, strides[axis]));
        strides[axis] = strides[axis].wrapping_mul(STEP);
        // SAFETY: the strides of the tensor reach a different element at each of its indices. The
        // indices of the part are among these, as `verify::span` and `agreement::span` check, and
        // all different, because `STEP` is not 0. `self` is borrowed exclusively for as long as the
        // view.
        let buffer = unsafe { ForeignMutBuffer::new(at, strides) };
        Tensor { buffer, shape: Which::Kind::replaced(shape, Dim::<LEN>) }
    }

    /// As [`slice_range`](Self::slice_range), as a mutable view.
    ///
    /// # Panics
    /// If the range reaches past the end of the axis, or ends before it starts.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let mut x = tensor![1, 2, 3, 4];
    /// x.slice_range_mut(Axis::<0>, ..2).assign(0);
    /// assert_eq!(x, tensor![0, 0, 3, 4]);
    /// ```
    #[doc(alias("s_mut", "slice_axis_mut"))]
    #[inline]
    #[track_caller]
    pub fn slice_range_mut<Which: AxisArg, How, Narrowed: Shape>(
        &mut self,
        _axis: Which,
        range: impl RangeBounds<usize>,
    ) -> TensorViewMut<'_, T, Narrowed>
    where
        Which::Kind: NarrowAxis<Which, S, How, Output = Narrowed>,
    {
        let (start, len) = bounds(&range, self.shape().into_list().lens()[Which::Kind::INDEX]);
        let shape = Which::Kind::narrowed(self.shape(), len);
        // SAFETY: in `shape` the axis has the length of the part, which is not a `One`:
        // `NarrowAxis` returns a run-time length.
        unsafe { self.part_mut(Which::Kind::INDEX, start, len, shape) }
    }

    /// The mutable part with the `len` indices from `start` on along axis `axis` (0 is the last
    /// axis).
    ///
    /// # Panics
    /// If the indices reach past the end of the axis.
    ///
    /// # Safety
    /// `shape` is the shape of the tensor with a length of `len` in place of the axis. This length
    /// is not a `One`.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    unsafe fn part_mut<Narrowed: Shape>(
        &mut self,
        axis: usize,
        start: usize,
        len: usize,
        shape: Narrowed,
    ) -> TensorViewMut<'_, T, Narrowed> {
        let whole = self.shape();
        let Strides { at, strides } = self.strided_mut();
        let at = at.wrapping_offset(start_of(whole, strides, axis, start, len));
        // SAFETY: the strides reach a different element at every index of the tensor. The indices
        // of the part are among these, because `start_of` panics if they are not. `self` is
        // borrowed exclusively for as long as the view.
        Tensor { buffer: unsafe { ForeignMutBuffer::new(at, strides) }, shape }
    }
}
