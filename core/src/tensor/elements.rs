//! Access to all elements of a tensor: as a copy, as a slice, or as bytes.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Tensor;
#[cfg(feature = "alloc")]
use crate::agreement;
use crate::element::Element;
use crate::kernels::walk::Axes;
use crate::layout::{Layout, dense_strides};
use crate::memory::Memory;
use crate::read::{Lane, Source};
use crate::shape::Shape;
use crate::storage::{DenseStorage, Storage};

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// Copies the elements into `slots`, in row-major order.
    ///
    /// # Panics
    /// If the number of slots is not the number of elements.
    pub(super) fn copy_into(&self, slots: &mut [T]) {
        assert!(slots.len() == self.len(), "there are as many slots as elements");
        let from = self.strided();
        if const { <B::Layout as Layout>::DENSE } {
            // SAFETY: the layout is row-major without gaps, so all elements are contiguous from
            // `from.at` on, and there are as many slots as elements.
            slots.copy_from_slice(unsafe { core::slice::from_raw_parts(from.at, slots.len()) });
            return;
        }
        // SAFETY: by the contract of `Storage` the strides reach an element at every index.
        let mut position = unsafe { Memory::<T, S, B::Layout>::new(from) };
        let mut axes = Axes::new(self.shape(), &position, |_| true);
        if axes.is_empty() {
            return;
        }
        // The walk visits the positions in row-major order, a lane at a time.
        let len = axes.take_lane();
        for slots in slots.chunks_exact_mut(len) {
            // SAFETY: the walk only visits positions of the shape, and `is_empty` has ruled out an
            // empty axis.
            let lane = unsafe { position.lane::<S>() };
            for (j, slot) in slots.iter_mut().enumerate() {
                // SAFETY: `j` is less than `len`, the length of the lane.
                *slot = unsafe { lane.get::<S>(j) };
            }
            axes.next(&mut position);
        }
    }

    /// The elements as a slice, if they are contiguous in row-major order.
    pub(crate) fn side_by_side(&self) -> Option<&[T]> {
        let (from, shape, len) = (self.strided(), self.shape(), self.len());
        if len == 0 {
            return Some(&[]);
        }
        if const { <B::Layout as Layout>::DENSE } || from.strides == dense_strides(shape) {
            // SAFETY: the strides are row-major without gaps, so all `len` elements are contiguous.
            return Some(unsafe { core::slice::from_raw_parts(from.at, len) });
        }
        None
    }

    /// A copy of the elements, in row-major order, for any storage and strides.
    ///
    /// # Panics
    /// If a view with strides of 0 has more elements than memory can hold.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.to_vec(), [1, 2, 3, 4, 5, 6]);
    /// assert_eq!(x.permute_dims((Axis::<1>, Axis::<0>)).view().to_vec(), [1, 4, 2, 5, 3, 6]);
    /// ```
    #[doc(alias("tolist"))]
    #[cfg(feature = "alloc")]
    #[must_use]
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        agreement::allocated::<T, S>(self.shape());
        let mut elements = alloc::vec![T::ZERO; self.len()];
        self.copy_into(&mut elements);
        elements
    }

    /// The bytes of the elements in row-major order and in the machine's byte order, to be written
    /// to a file or a socket. Tensors on the heap and arrays have this method.
    /// [`TensorView::from_bytes`](super::TensorView::from_bytes) makes a view of the bytes.
    ///
    /// ```
    /// use shapewright::{TensorView, array, shape};
    /// let x = array![[1.0f32, 2.0], [3.0, 4.0]];
    /// assert_eq!(x.as_bytes()[..4], 1.0f32.to_ne_bytes());
    /// assert_eq!(TensorView::<f32, shape![2, 2]>::from_bytes(x.as_bytes())?, x);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("tobytes"))]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8]
    where
        B: DenseStorage,
    {
        let elements = self.as_slice();
        // SAFETY: element types are sealed: they are numbers and `bool`, none of which has padding,
        // so each byte is initialised. Bytes need no alignment, and these are borrowed for as long
        // as `self`.
        unsafe { core::slice::from_raw_parts(elements.as_ptr().cast(), size_of_val(elements)) }
    }
}

#[cfg(feature = "alloc")]
impl<T: Element, S: Shape> Tensor<T, S> {
    /// The elements as a `Vec`, in row-major order. They are copied, because the tensor's memory is
    /// aligned to 64 bytes and a `Vec` frees its memory with the alignment of `T`.
    ///
    /// ```
    /// use shapewright::tensor;
    /// assert_eq!(tensor![[1.0, 2.0], [3.0, 4.0]].into_vec(), [1.0, 2.0, 3.0, 4.0]);
    /// ```
    #[doc(alias("into_raw_vec", "into_raw_vec_and_offset"))]
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.as_slice().to_vec()
    }
}
