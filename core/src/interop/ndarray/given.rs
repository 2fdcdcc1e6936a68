//! Conversions to `ndarray`: a tensor becomes a view of `ndarray`, of the same elements, or an
//! array of `ndarray`, with a copy of them.

use core::ptr::NonNull;

use ndarray::{Array, ArrayView, ArrayViewMut, Axis, Dimension, ShapeBuilder, StrideShape};

use super::HasDimension;
use crate::axes::{MAX_RANK, PerAxis};
use crate::element::Element;
use crate::expr::{Lazy, Rearranged};
use crate::layout::Rearrangement;
use crate::read::Strides;
use crate::shape::{List, Shape};
use crate::storage::{Storage, StorageMut};
use crate::tensor::{Tensor, TensorView, TensorViewMut};
use crate::verify;

/// The memory of a tensor as `ndarray` accepts it: with strides that are not negative. The axes
/// that `backwards` marks are reversed once the view is made.
struct Laid<T, D> {
    shape: StrideShape<D>,
    /// The address of the element that comes first in memory.
    lowest: *const T,
    /// For each axis, from the first, whether it is longer than 1 and its stride in the tensor is
    /// negative.
    backwards: PerAxis<bool>,
}
impl<T: Element, D: Dimension> Laid<T, D> {
    fn new<S: Shape<Lengths: HasDimension<D, S>>>(shape: S, from: Strides<*const T>) -> Self {
        // `bytemuck` can make an inline array without elements from bytes, without a check of the
        // lengths. So the lengths are checked here.
        const { verify::counted::<S>() };
        let lens = shape.into_list().lens();
        let lengths = shape.lengths().dimension();
        let mut backwards = [false; MAX_RANK];
        if lens.contains(&0) {
            // A tensor without elements may have any pointer and strides, but an array of `ndarray`
            // may not. So the view gets a dangling pointer and row-major strides.
            let lowest = NonNull::<T>::dangling().as_ptr().cast_const();
            return Self { shape: lengths.into(), lowest, backwards };
        }
        let (mut strides, mut lowest) = (S::FIRST, from.at);
        for (axis, stride) in strides.as_mut().iter_mut().enumerate() {
            let k = S::RANK - 1 - axis;
            let along = from.strides[k];
            // Along an axis of length 1 no element is a stride away from another. So a negative
            // stride there is replaced by 0, and the axis need not be reversed.
            *stride = if lens[k] == 1 { along.max(0).unsigned_abs() } else { along.unsigned_abs() };
            backwards[axis] = along < 0 && lens[k] > 1;
            if backwards[axis] {
                lowest = lowest.wrapping_offset((lens[k] - 1) as isize * along);
            }
        }
        Self { shape: lengths.strides(strides.dimension()), lowest, backwards }
    }
}

/// The axes that are `true` in `marked`.
fn axes(marked: PerAxis<bool>) -> impl Iterator<Item = Axis> {
    marked.into_iter().enumerate().filter(|&(_, marked)| marked).map(|(axis, _)| Axis(axis))
}

/// A `TensorView` as an `ArrayView` of the same elements, with the same strides.
///
/// ```
/// use ndarray::{ArrayView, ArrayView2};
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let flipped: ArrayView2<f64> = x.flip(Axis::<1>).view().into();
/// assert_eq!(flipped, ndarray::array![[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]);
/// assert_eq!(flipped.strides(), [3, -1]);
/// assert_eq!(ArrayView::from(x.row(1)).sum(), 15.0);
/// ```
impl<'a, T: Element, S: Shape, D: Dimension> From<TensorView<'a, T, S>> for ArrayView<'a, T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(tensor: TensorView<'a, T, S>) -> Self {
        let Laid { shape, lowest, backwards } = Laid::new(tensor.shape(), tensor.strided());
        // SAFETY: `tensor` has an element at each index of its shape, borrowed for `'a`. From
        // `lowest`, the strides in `shape` reach the same elements, which are all in one
        // allocation. If there are no elements, these strides are those of a row-major array. The
        // product of the lengths other than 0 fits `isize`: `Laid::new` checks static lengths, and
        // run-time lengths were checked when the tensor's shape was made.
        let mut view = unsafe { ArrayView::from_shape_ptr(shape, lowest) };
        axes(backwards).for_each(|axis| view.invert_axis(axis));
        view
    }
}

/// A `TensorViewMut` as an `ArrayViewMut` of the same elements, with the same strides.
///
/// ```
/// use ndarray::ArrayViewMut;
/// use shapewright::tensor;
/// let mut x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// ArrayViewMut::from(x.row_mut(1)).fill(0.5);
/// assert_eq!(x, tensor![[1.0, 2.0], [0.5, 0.5]]);
/// ```
impl<'a, T: Element, S: Shape, D: Dimension> From<TensorViewMut<'a, T, S>>
    for ArrayViewMut<'a, T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(mut tensor: TensorViewMut<'a, T, S>) -> Self {
        let Strides { at, strides } = tensor.strided_mut();
        let from = Strides { at: at.cast_const(), strides };
        let Laid { shape, lowest, backwards } = Laid::new(tensor.shape(), from);
        // SAFETY: `tensor` has an element at each index of its shape, borrowed exclusively for
        // `'a`, and no two indices reach the same element. From `lowest`, the strides in `shape`
        // reach the same elements. If there are no elements, these strides are those of a row-major
        // array. The product of the lengths other than 0 fits `isize`: `Laid::new` checks static
        // lengths, and run-time lengths were checked when the tensor's shape was made.
        let mut view = unsafe { ArrayViewMut::from_shape_ptr(shape, lowest.cast_mut()) };
        axes(backwards).for_each(|axis| view.invert_axis(axis));
        view
    }
}

/// A view of a tensor's elements.
///
/// ```
/// use ndarray::{ArrayView, ArrayView2};
/// use shapewright::tensor;
/// fn trace(x: ArrayView2<f64>) -> f64 {
///     x.diag().sum()
/// }
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// assert_eq!(trace((&x).into()), 5.0);
/// assert_eq!(ArrayView::from(&x).as_ptr(), x.as_slice().as_ptr());
/// ```
/// ```compile_fail
/// # use shapewright::tensor;
/// let _ = ndarray::ArrayView3::from(&tensor![[1.0, 2.0], [3.0, 4.0]]); // two axes are not three
/// ```
impl<'a, T: Element, S: Shape, B: Storage, D: Dimension> From<&'a Tensor<T, S, B>>
    for ArrayView<'a, T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(tensor: &'a Tensor<T, S, B>) -> Self {
        tensor.view().into()
    }
}

/// A rearranged tensor, such as `x.t()`: a view of the same elements with other strides.
///
/// ```
/// use ndarray::ArrayView;
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1, 2, 3], [4, 5, 6]];
/// assert_eq!(ArrayView::from(x.t()), ArrayView::from(&x).t());
/// ```
impl<'a, R: Rearrangement, T: Element, S: Shape, B: Storage, Out: Shape, D: Dimension>
    From<Lazy<Rearranged<R, &'a Tensor<T, S, B>, Out>>> for ArrayView<'a, T, D>
where
    Out::Lengths: HasDimension<D, Out>,
{
    fn from(rearranged: Lazy<Rearranged<R, &'a Tensor<T, S, B>, Out>>) -> Self {
        rearranged.view().into()
    }
}

/// A mutable view of a tensor's elements.
///
/// ```
/// use ndarray::ArrayViewMut;
/// use shapewright::tensor;
/// let mut x = tensor![3, 1, 2];
/// ArrayViewMut::from(&mut x).swap(0, 2);
/// assert_eq!(x, tensor![2, 1, 3]);
/// ```
impl<'a, T: Element, S: Shape, B: StorageMut, D: Dimension> From<&'a mut Tensor<T, S, B>>
    for ArrayViewMut<'a, T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(tensor: &'a mut Tensor<T, S, B>) -> Self {
        tensor.view_mut().into()
    }
}

/// A copy of a tensor, or of a view, in row-major order.
///
/// ```
/// use ndarray::{Array, Array2};
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0], [3.0, 4.0]];
/// let doubled: Array2<f64> = (&x * 2.0).to_tensor().into();
/// assert_eq!(doubled, ndarray::array![[2.0, 4.0], [6.0, 8.0]]);
/// assert_eq!(Array::from(x.t().view()).as_slice().unwrap(), [1.0, 3.0, 2.0, 4.0]);
/// ```
impl<T: Element, S: Shape, B: Storage, D: Dimension> From<Tensor<T, S, B>> for Array<T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(tensor: Tensor<T, S, B>) -> Self {
        Self::from(&tensor)
    }
}

/// A copy of a tensor, in row-major order.
///
/// ```
/// let x = shapewright::tensor![[1, 2], [3, 4]];
/// assert_eq!(ndarray::Array2::from(&x), ndarray::array![[1, 2], [3, 4]]);
/// ```
impl<T: Element, S: Shape, B: Storage, D: Dimension> From<&Tensor<T, S, B>> for Array<T, D>
where
    S::Lengths: HasDimension<D, S>,
{
    fn from(tensor: &Tensor<T, S, B>) -> Self {
        // `from_shape_vec` does not fail: the `Vec` has as many elements as the shape, and their
        // number was checked when the shape was made.
        Array::from_shape_vec(tensor.shape().lengths().dimension(), tensor.to_vec())
            .expect("a tensor has as many elements as its shape")
    }
}
