//! [`Tensor`], the only array struct: it has an element type, a shape and a storage as parameters.

use crate::axes::{PerAxis, each_axis};
use crate::element::Element;
use crate::read::Strides;
use crate::shape::{List, Shape};
use crate::storage::{
    DenseStorage, Foreign, ForeignBuffer, ForeignMut, ForeignMutBuffer, Heap, Inline, Storage,
    StorageMut,
};

mod axis_iter;
mod axis_iter_mut;
#[cfg(feature = "alloc")]
mod convert;
mod create;
mod elements;
mod foreign;
mod given;
mod iterate;
mod nested;
#[cfg(feature = "alloc")]
mod on_heap;
mod parts;
mod parts_mut;
mod positions;
mod print;
mod renamed;
mod traits;

pub use axis_iter::{AxisChunks, AxisIter, Lanes};
pub use axis_iter_mut::{AxisChunksMut, AxisIterMut, LanesMut};
pub use create::Create;
#[cfg(any(feature = "npz", feature = "safetensors"))]
pub(crate) use foreign::elements_in;
pub use iterate::{IndexedIter, Iter, IterMut};

/// An array of elements `T`, of shape `S`, in storage `B`.
///
/// `Tensor<f32, shape![1000, 256]>` is on the heap, [`Array`] is inline, and [`TensorView`] and
/// [`TensorViewMut`] borrow memory. All of these can be operands of every operation, by reference
/// or by value.
///
/// ```
/// use shapewright::{Tensor, prelude::*, shape, tensor};
/// let x: Tensor<f32, shape![2, 3]> = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let mean = x.mean_axis(Axis::<0>);
/// assert_eq!((&x - mean).to_tensor(), tensor![[-1.5, -1.5, -1.5], [1.5, 1.5, 1.5]]);
/// # use shapewright::Axis;
/// ```
/// ```compile_fail
/// # use shapewright::{Tensor, prelude::*, shape};
/// # let (x, mean) = (Tensor::<f32, shape![1000, 256]>::zeros(), Tensor::<f32, shape![1000]>::zeros());
/// let _ = &x - &mean; // (1000, 256) with (1000,)
/// ```
#[doc(alias("ndarray", "ArrayBase", "DMatrix"))]
// `repr(C)` gives an inline array the same layout as its elements alone, because its `shape` has
// size 0. `interop/bytemuck.rs` relies on this.
#[repr(C)]
pub struct Tensor<T: Element, S: Shape, B: Storage = Heap> {
    pub(crate) buffer: B::Buffer<T, S>,
    pub(crate) shape: B::Kept<S>,
}

/// An inline array of shape `S`: it needs no allocator, is `Copy`, and can be used in `const` and
/// `static`.
///
/// ```
/// use shapewright::{Array, array, prelude::*, shape};
/// static WEIGHTS: Array<f32, shape![2, 2]> = array![[0.5, 1.0], [2.0, 4.0]];
/// assert_eq!((&WEIGHTS * 2.0).to_array(), array![[1.0, 2.0], [4.0, 8.0]]);
/// ```
#[doc(alias("SMatrix"))]
pub type Array<T, S> = Tensor<T, S, Inline>;

/// A shared view of borrowed memory of shape `S`, with strides.
///
/// ```
/// use shapewright::{TensorView, prelude::*, shape, tensor};
/// let samples = [1.0, 2.0, 3.0, 4.0];
/// let view: TensorView<f32, shape![2, 2]> = TensorView::new(&samples)?;
/// assert_eq!((view * 2.0).to_tensor(), tensor![[2.0, 4.0], [6.0, 8.0]]);
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
#[doc(alias("ArrayView", "MatrixView"))]
pub type TensorView<'a, T, S> = Tensor<T, S, Foreign<'a>>;

/// An exclusive view of borrowed memory of shape `S`, with strides.
///
/// ```
/// use shapewright::{TensorViewMut, shape};
/// let mut samples = [1.0, 2.0, 3.0, 4.0];
/// let mut view: TensorViewMut<f32, shape![2, 2]> = TensorViewMut::new(&mut samples)?;
/// view *= 2.0;
/// assert_eq!(samples, [2.0, 4.0, 6.0, 8.0]);
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
#[doc(alias("ArrayViewMut", "MatrixViewMut"))]
pub type TensorViewMut<'a, T, S> = Tensor<T, S, ForeignMut<'a>>;

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// The shape, as a value.
    ///
    /// ```
    /// use shapewright::{Shape, array};
    /// assert_eq!(array![[1, 2, 3], [4, 5, 6]].shape().lengths(), [2, 3]);
    /// ```
    #[doc(alias("dim", "raw_dim"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn shape(&self) -> S {
        B::shape(self.shape)
    }

    /// The number of elements.
    ///
    /// ```
    /// assert_eq!(shapewright::array![[1, 2, 3], [4, 5, 6]].len(), 6);
    /// ```
    #[doc(alias("size", "numel"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn len(&self) -> usize {
        crate::shape::element_count(self.shape())
    }

    /// Whether there are no elements.
    ///
    /// ```
    /// assert!(shapewright::array![0.0f32; 0, 3].is_empty());
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A view of the whole tensor.
    ///
    /// ```
    /// use shapewright::{TensorView, array, shape};
    /// let x = array![1.0, 2.0];
    /// let view: TensorView<f64, shape![2]> = x.view();
    /// assert_eq!(view, x);
    /// ```
    #[doc(alias("as_view"))]
    #[inline]
    pub fn view(&self) -> TensorView<'_, T, S> {
        let Strides { at, strides } = self.strided();
        // SAFETY: by the contract of `Storage` the strides reach an element at every index, and
        // `self` is borrowed for as long as the view.
        Tensor { buffer: unsafe { ForeignBuffer::new(at, strides) }, shape: self.shape() }
    }

    /// The element at `index`, or `None` if the index is out of range.
    ///
    /// ```
    /// let x = shapewright::array![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.get([1, 2]), Some(&6));
    /// assert_eq!(x.get([2, 0]), None);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn get(&self, index: S::Lengths) -> Option<&T> {
        let Strides { at, strides } = self.strided();
        // SAFETY: `offset` is `Some` only if `index` is in bounds, so the strides reach an element
        // there, and `self` is borrowed for as long as the element.
        self.offset(strides, index).map(|offset| unsafe { &*at.wrapping_offset(offset) })
    }

    /// The elements as one slice in row-major order, for tensors on the heap and arrays. The
    /// elements of a view need not be contiguous: see [`TensorView::to_slice`].
    ///
    /// ```
    /// assert_eq!(shapewright::array![[1, 2], [3, 4]].as_slice(), [1, 2, 3, 4]);
    /// ```
    #[inline]
    pub fn as_slice(&self) -> &[T]
    where
        B: DenseStorage,
    {
        // SAFETY: the layout of `DenseStorage` is row-major without gaps, so the elements are
        // contiguous.
        unsafe { core::slice::from_raw_parts(B::pointer::<T, S>(&self.buffer), self.len()) }
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn strided(&self) -> Strides<*const T> {
        Strides {
            at: B::pointer::<T, S>(&self.buffer),
            strides: B::strides::<T, S>(&self.buffer, self.shape()),
        }
    }

    /// The distance in elements from the first element to the element at `index`; `None` if the
    /// index is out of range.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn offset(&self, strides: PerAxis<isize>, index: S::Lengths) -> Option<isize> {
        let (index, lens) = (index.as_ref(), self.shape().into_list().lens());
        let (mut is_inside, mut offset) = (true, 0isize);
        each_axis!(K => if const { K < S::RANK } && let Some(&i) = index.get(S::RANK - 1 - K) {
            is_inside &= i < lens[K];
            // The sum and the product wrap, because the strides of a tensor without elements may
            // have any value.
            offset = offset.wrapping_add(strides[K].wrapping_mul(i as isize));
        });
        is_inside.then_some(offset)
    }
}

impl<T: Element, B: Storage> Tensor<T, (), B> {
    /// The only element of a tensor without axes.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0].matmul(&tensor![3.0, 4.0]).to_tensor().item(), 11.0);
    /// ```
    #[doc(alias("into_scalar", "to_scalar"))]
    #[inline]
    pub fn item(&self) -> T {
        self[[]]
    }
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// A mutable view of the whole tensor.
    ///
    /// ```
    /// let mut x = shapewright::array![1.0, 2.0];
    /// let mut view = x.view_mut();
    /// view += 1.0;
    /// assert_eq!(x, shapewright::array![2.0, 3.0]);
    /// ```
    #[doc(alias("as_view_mut"))]
    #[inline]
    pub fn view_mut(&mut self) -> TensorViewMut<'_, T, S>
    where
        B: StorageMut,
    {
        let shape = self.shape();
        let Strides { at, strides } = self.strided_mut();
        // SAFETY: by the contract of `StorageMut` the strides reach a different element at every
        // index, and `self` is borrowed exclusively for as long as the view.
        Tensor { buffer: unsafe { ForeignMutBuffer::new(at, strides) }, shape }
    }

    /// The element at `index`, or `None` if the index is out of range.
    ///
    /// ```
    /// let mut x = shapewright::array![1, 2];
    /// *x.get_mut([0]).unwrap() = 5;
    /// assert_eq!(x, shapewright::array![5, 2]);
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn get_mut(&mut self, index: S::Lengths) -> Option<&mut T>
    where
        B: StorageMut,
    {
        let Strides { at, strides } = self.strided_mut();
        // SAFETY: `offset` is `Some` only if `index` is in bounds, so the strides reach an element
        // there, and `self` is borrowed exclusively for as long as the element.
        self.offset(strides, index).map(|offset| unsafe { &mut *at.wrapping_offset(offset) })
    }

    /// The elements as one slice in row-major order, for tensors on the heap and arrays. The
    /// elements of a view need not be contiguous: see [`TensorViewMut::into_slice`].
    ///
    /// ```
    /// let mut x = shapewright::array![[1, 2], [3, 4]];
    /// x.as_mut_slice().reverse();
    /// assert_eq!(x, shapewright::array![[4, 3], [2, 1]]);
    /// ```
    #[doc(alias("as_slice_mut"))]
    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T]
    where
        B: StorageMut + DenseStorage,
    {
        let len = self.len();
        // SAFETY: the layout of `DenseStorage` is row-major without gaps, so the elements are
        // contiguous, and `self` is borrowed exclusively.
        unsafe { core::slice::from_raw_parts_mut(B::pointer_mut::<T, S>(&mut self.buffer), len) }
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn strided_mut(&mut self) -> Strides<*mut T>
    where
        B: StorageMut,
    {
        let strides = B::strides::<T, S>(&self.buffer, self.shape());
        Strides { at: B::pointer_mut::<T, S>(&mut self.buffer), strides }
    }
}
