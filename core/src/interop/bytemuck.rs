//! Inline arrays as plain bytes of `bytemuck`: as fields of a `#[repr(C)]` struct that is `Pod`,
//! and by its casts.
//!
//! An array of `bool` is `Zeroable` alone: that it is `NoUninit` too cannot be said beside `Pod`,
//! of which `bytemuck` concludes it. [`as_bytes`](crate::Tensor::as_bytes) gives the bytes of any.

use bytemuck::{Pod, Zeroable};

use crate::element::Element;
use crate::shape::StaticShape;
use crate::tensor::Array;

/// Zeros are an array of any element type that they are an element of: all of them.
///
/// ```
/// use bytemuck::Zeroable;
/// use shapewright::{Array, array, shape};
/// assert_eq!(Array::<f32, shape![2]>::zeroed(), array![0.0, 0.0]);
/// ```
// SAFETY: the shape is static, so the array is `T` a number of times, and nothing else: its shape,
// behind the elements as in C, is no memory. `T` is zeroable.
unsafe impl<T: Element + Zeroable, S: StaticShape> Zeroable for Array<T, S> {}

/// Arrays of numbers are plain bytes in row-major order, of the alignment of a number.
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
// SAFETY: the shape is static, so the array is `T` a number of times, and nothing else: its shape,
// behind the elements as in C, is no memory, whatever the types of its axes are, as it is not kept.
// So there is no padding, the alignment is that of `T`, and any bytes are an array, as they are of
// `T`. It is `Copy`, as the nested arrays are.
unsafe impl<T: Element + Pod, S: StaticShape> Pod for Array<T, S> {}
