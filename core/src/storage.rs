//! Where the elements of a tensor are: on the heap, inline, or in borrowed memory.
//!
//! A [`Storage`] says what a tensor holds and where its elements lie. All other code works with any
//! storage.

use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::{Dense, Layout};
use crate::shape::Shape;

mod borrowed;
#[cfg(feature = "alloc")]
mod heap;
#[cfg(feature = "alloc")]
mod huge_pages;
mod inline;
#[cfg(not(feature = "alloc"))]
mod no_heap;
mod other_shape;

pub use borrowed::{Flash, Foreign, ForeignBuffer, ForeignMut, ForeignMutBuffer};
#[cfg(feature = "alloc")]
pub(crate) use heap::HeapBuffer;
#[cfg(not(feature = "alloc"))]
pub use no_heap::OnHeap;
pub use other_shape::OtherShape;

mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a storage: storages are sealed",
        label = "storages are sealed",
        note = "the storages are `Heap`, `Inline`, `Foreign` and `ForeignMut`; `TensorView` sees memory of any other kind"
    )]
    pub trait Sealed {}
    #[diagnostic::do_not_recommend]
    impl Sealed for super::Heap {}
    #[diagnostic::do_not_recommend]
    impl Sealed for super::Inline {}
    #[diagnostic::do_not_recommend]
    impl Sealed for super::Foreign<'_> {}
    #[diagnostic::do_not_recommend]
    impl Sealed for super::ForeignMut<'_> {}
}

/// Storage on the heap, aligned to 64 bytes: the storage of [`Tensor<T, S>`](crate::Tensor). Needs
/// the feature `alloc`.
///
/// ```
/// use shapewright::{Heap, Tensor, shape, tensor};
/// let x: Tensor<f32, shape![2], Heap> = tensor![1.0, 2.0]; // Heap may be left out
/// assert_eq!(x.as_slice().as_ptr().align_offset(64), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Heap;

/// Storage in the tensor itself, as nested arrays: the storage of [`Array`](crate::Array). A tensor
/// with this storage is `Copy`, and usable in `const` and `static`.
///
/// ```
/// use shapewright::{Inline, Tensor, array, shape};
/// let x: Tensor<f32, shape![2], Inline> = array![1.0, 2.0];
/// assert_eq!(size_of_val(&x), 8);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Inline;

/// A kind of storage. Sealed.
///
/// A function over tensors of any storage takes `&Tensor<f32, (N, C), B>`:
///
/// ```
/// use shapewright::{Length, Storage, Tensor, array, prelude::*, tensor};
/// fn total<N: Length, C: Length, B: Storage>(x: &Tensor<f32, (N, C), B>) -> f32 {
///     x.sum()
/// }
/// assert_eq!(total(&tensor![[1.0, 2.0], [3.0, 4.0]]), total(&array![[1.0, 2.0], [3.0, 4.0]]));
/// ```
///
/// # Safety
/// For as long as a buffer is borrowed, the pointer and the strides of the buffer reach a valid
/// element at every index of the tensor's shape. If `Layout` is `Dense`, the elements are row-major
/// without gaps.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a storage",
    label = "expected `Heap`, `Inline` or a view"
)]
pub unsafe trait Storage: sealed::Sealed {
    /// How the elements lie in memory.
    type Layout: Layout;
    /// The buffer that a tensor of this storage holds.
    type Buffer<T: Element, S: Shape>;
    /// What a tensor holds of its shape: nothing if it is an inline array, whose type says every
    /// length, and otherwise the whole shape. (The bound is not `Shape`, because the compiler would
    /// then report a type that is no shape a second time.)
    type Kept<S: Copy + Send + Sync>: Copy + Send + Sync;
    /// The shape of a tensor that holds `kept`.
    fn shape<S: Shape>(kept: Self::Kept<S>) -> S;
    /// The address of the first element.
    fn pointer<T: Element, S: Shape>(buffer: &Self::Buffer<T, S>) -> *const T;
    /// The strides in elements.
    fn strides<T: Element, S: Shape>(buffer: &Self::Buffer<T, S>, shape: S) -> PerAxis<isize>;
}

/// A storage whose elements are one slice in row-major order: [`Heap`] or [`Inline`]. A view has
/// strides, so its storage is not dense.
///
/// ```
/// use shapewright::{DenseStorage, Shape, Tensor, array, tensor};
/// fn checksum<S: Shape, B: DenseStorage>(x: &Tensor<u8, S, B>) -> u8 {
///     x.as_slice().iter().fold(0, |sum, &x| sum.rotate_left(1) ^ x)
/// }
/// assert_eq!(checksum(&tensor![[1, 2], [3, 4]]), checksum(&array![1, 2, 3, 4]));
/// ```
#[diagnostic::on_unimplemented(
    message = "the elements of a tensor with storage `{Self}` are not one slice",
    label = "a view has strides",
    note = "`.to_vec()` copies the elements of a view, `.iter()` goes through them, and `.to_tensor()` makes a tensor of them; in generic code ask for `DenseStorage`"
)]
pub trait DenseStorage: Storage<Layout = Dense> {}
#[diagnostic::do_not_recommend]
impl<B: Storage<Layout = Dense>> DenseStorage for B {}

/// A storage that can be written to.
///
/// ```
/// use shapewright::{Length, StorageMut, Tensor, array};
/// fn double<N: Length, B: StorageMut>(x: &mut Tensor<f32, (N,), B>) {
///     *x *= 2.0;
/// }
/// let mut x = array![1.0, 2.0];
/// double(&mut x);
/// assert_eq!(x, array![2.0, 4.0]);
/// ```
///
/// # Safety
/// The contract of [`Storage`] holds, and no two indices of a tensor reach the same element.
#[diagnostic::on_unimplemented(
    message = "a tensor with storage `{Self}` cannot be written to",
    label = "a `TensorView` is read-only",
    note = "take a `TensorViewMut`, or copy with `.to_tensor()` or `.to_array()`; in generic code ask for `StorageMut`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub unsafe trait StorageMut: Storage {
    /// The address of the first element.
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut Self::Buffer<T, S>) -> *mut T;
}
