//! Foreign storage: a pointer with strides into borrowed memory.
//!
//! In a shared view the stride along an axis that stretches is 0. In an exclusive view no axis
//! longer than 1 has stride 0, because no two indices may reach the same element.

use core::marker::PhantomData;

use super::{Storage, StorageMut};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::Strided;
use crate::shape::Shape;

/// Borrowed, shared memory: the storage of [`TensorView`](crate::TensorView).
#[derive(Clone, Copy, Debug)]
pub struct Foreign<'a>(PhantomData<&'a ()>);

/// Memory of the program's binary, which is flash on a microcontroller: the storage of weights that
/// [`include_npy!`](crate::include_npy!) and [`include_safetensors!`](crate::include_safetensors!)
/// put there. `Tensor<f32, S, Flash>` is `TensorView<'static, f32, S>`.
///
/// ```
/// use shapewright::{Flash, Tensor, prelude::*};
/// static SAMPLES: [f32; 2] = [1.0, 2.0];
/// let x: Tensor<f32, shape![2], Flash> = TensorView::new(&SAMPLES)?;
/// assert_eq!(x.sum(), 3.0);
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
pub type Flash = Foreign<'static>;

/// Borrowed, exclusive memory: the storage of [`TensorViewMut`](crate::TensorViewMut).
#[derive(Debug)]
pub struct ForeignMut<'a>(PhantomData<&'a mut ()>);

/// What a view holds: the address of its first element, and its strides.
#[derive(Debug)]
pub struct ForeignBuffer<'a, T> {
    first: *const T,
    strides: PerAxis<isize>,
    memory: PhantomData<&'a [T]>,
}

/// What a mutable view holds: the address of its first element, and its strides.
#[derive(Debug)]
pub struct ForeignMutBuffer<'a, T> {
    first: *mut T,
    strides: PerAxis<isize>,
    memory: PhantomData<&'a mut [T]>,
}

impl<T> Clone for ForeignBuffer<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for ForeignBuffer<'_, T> {}

// SAFETY: the buffer is a shared borrow of elements, as `&[T]` is, which is `Send` if `T` is
// `Sync`.
unsafe impl<T: Sync> Send for ForeignBuffer<'_, T> {}
// SAFETY: the buffer is a shared borrow of elements, as `&[T]` is, which is `Sync` if `T` is
// `Sync`.
unsafe impl<T: Sync> Sync for ForeignBuffer<'_, T> {}
// SAFETY: the buffer is an exclusive borrow of elements, as `&mut [T]` is, which is `Send` if `T`
// is `Send`.
unsafe impl<T: Send> Send for ForeignMutBuffer<'_, T> {}
// SAFETY: a shared reference to the buffer gives only shared access to the elements, as `&[T]`
// does, which is `Send` if `T` is `Sync`.
unsafe impl<T: Sync> Sync for ForeignMutBuffer<'_, T> {}

impl<'a, T> ForeignBuffer<'a, T> {
    /// # Safety
    /// From `first` on the strides reach a valid element at every index of the view's shape, for as
    /// long as `'a`.
    pub(crate) const unsafe fn new(first: *const T, strides: PerAxis<isize>) -> Self {
        Self { first, strides, memory: PhantomData }
    }

    /// The same buffer with the strides `of(self.strides)`. `of` may change the stride along an
    /// axis only if the axis has length 1, so that the strides reach the same elements as before.
    pub(super) fn with_strides(self, of: impl Fn(PerAxis<isize>) -> PerAxis<isize>) -> Self {
        Self { strides: of(self.strides), ..self }
    }

    /// The same buffer with another lifetime.
    ///
    /// # Safety
    /// The elements are borrowed for as long as `'b`.
    pub(crate) unsafe fn for_as_long_as<'b>(self) -> ForeignBuffer<'b, T> {
        ForeignBuffer { first: self.first, strides: self.strides, memory: PhantomData }
    }
}
impl<'a, T> ForeignMutBuffer<'a, T> {
    /// # Safety
    /// From `first` on the strides reach a valid element at every index of the view's shape, and no
    /// two indices reach the same element. For as long as `'a`, nothing else accesses the elements.
    pub(crate) unsafe fn new(first: *mut T, strides: PerAxis<isize>) -> Self {
        Self { first, strides, memory: PhantomData }
    }

    /// The same buffer with the strides `of(self.strides)`. `of` may change the stride along an
    /// axis only if the axis has length 1, so that the strides reach the same elements as before.
    pub(super) fn with_strides(self, of: impl Fn(PerAxis<isize>) -> PerAxis<isize>) -> Self {
        Self { strides: of(self.strides), ..self }
    }
}

// SAFETY: the caller of `ForeignBuffer::new` promised that the strides reach an element at every
// index.
#[diagnostic::do_not_recommend]
unsafe impl<'a> Storage for Foreign<'a> {
    type Layout = Strided;
    type Buffer<T: Element, S: Shape> = ForeignBuffer<'a, T>;
    type Kept<S: Copy + Send + Sync> = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape<S: Shape>(kept: S) -> S {
        kept
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer<T: Element, S: Shape>(buffer: &ForeignBuffer<'a, T>) -> *const T {
        buffer.first
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn strides<T: Element, S: Shape>(buffer: &ForeignBuffer<'a, T>, _: S) -> PerAxis<isize> {
        buffer.strides
    }
}
// SAFETY: the caller of `ForeignMutBuffer::new` promised that the strides reach an element at every
// index.
#[diagnostic::do_not_recommend]
unsafe impl<'a> Storage for ForeignMut<'a> {
    type Layout = Strided;
    type Buffer<T: Element, S: Shape> = ForeignMutBuffer<'a, T>;
    type Kept<S: Copy + Send + Sync> = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape<S: Shape>(kept: S) -> S {
        kept
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer<T: Element, S: Shape>(buffer: &ForeignMutBuffer<'a, T>) -> *const T {
        buffer.first
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn strides<T: Element, S: Shape>(buffer: &ForeignMutBuffer<'a, T>, _: S) -> PerAxis<isize> {
        buffer.strides
    }
}
// SAFETY: the caller of `ForeignMutBuffer::new` promised that no two indices reach the same
// element.
#[diagnostic::do_not_recommend]
unsafe impl<'a> StorageMut for ForeignMut<'a> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut ForeignMutBuffer<'a, T>) -> *mut T {
        buffer.first
    }
}
