//! Inline arrays as plain bytes for `bytemuck`. They can be fields of a `#[repr(C)]` struct that is
//! `Pod`, and be cast by the functions of `bytemuck`.
//!
//! An array of `bool` is only `Zeroable`. Such an array could be `NoUninit` too, but that impl
//! would conflict with the impl of `NoUninit` that `bytemuck` has for `Pod` types.
//! [`as_bytes`](crate::Tensor::as_bytes) returns the bytes of any array.

use bytemuck::{Pod, Zeroable};

use crate::element::Element;
use crate::shape::StaticShape;
use crate::tensor::Array;

/// An array of zero bytes is valid if an element of zero bytes is valid.
///
/// ```
/// use bytemuck::Zeroable;
/// use shapewright::{Array, array, shape};
/// assert_eq!(Array::<f32, shape![2]>::zeroed(), array![0.0, 0.0]);
/// ```
// SAFETY: the array consists of elements `T` and nothing else: `repr(C)` places the field `shape`
// after the elements, and in an inline array that field is a `PhantomData`, which takes no memory.
// Zero bytes are a valid `T`, because `T` is `Zeroable`.
unsafe impl<T: Element + Zeroable, S: StaticShape> Zeroable for Array<T, S> {}

/// Arrays of numbers are plain bytes in row-major order, with the alignment of a number.
///
/// ```
/// use shapewright::{Array, array, dim, shape};
/// dim!(pub Row = 2, pub Column = 2);
/// let x = array![[1.0f32, 2.0], [3.0, 4.0]];
/// let bytes: &[u8] = bytemuck::bytes_of(&x);
/// assert_eq!(bytes[4..8], 2.0f32.to_ne_bytes());
/// let named: Array<f32, shape![Row, Column]> = bytemuck::pod_read_unaligned(bytes);
/// assert_eq!(named.as_slice(), [1.0, 2.0, 3.0, 4.0]);
/// ```
// SAFETY: the array consists of elements `T` and nothing else: `repr(C)` places the field `shape`
// after the elements, and in an inline array that field is a `PhantomData`, which takes no memory,
// whatever the types of the axes are. So there is no padding, the alignment is that of `T`, and any
// bytes are a valid array, because they are valid elements `T`. The array is `Copy`, because its
// nested arrays are.
unsafe impl<T: Element + Pod, S: StaticShape> Pod for Array<T, S> {}
