//! Inline arrays as plain bytes for `bytemuck`: as fields of a `#[repr(C)]` struct that is `Pod`,
//! and for its casts.
//!
//! An array of `bool` is only `Zeroable`. It is `NoUninit` too, but an impl of that would conflict
//! with the one that `bytemuck` derives from `Pod`. [`as_bytes`](crate::Tensor::as_bytes) returns
//! the bytes of any array.

use bytemuck::{Pod, Zeroable};

use crate::element::Element;
use crate::shape::StaticShape;
use crate::tensor::Array;

/// Zero bytes are a valid array if they are a valid element: an array of zeros.
///
/// ```
/// use bytemuck::Zeroable;
/// use shapewright::{Array, array, shape};
/// assert_eq!(Array::<f32, shape![2]>::zeroed(), array![0.0, 0.0]);
/// ```
// SAFETY: the shape is static, so the array consists of elements `T` and nothing else: the shape,
// which `repr(C)` places after the elements, takes no memory. `T` is zeroable.
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
// SAFETY: the shape is static, so the array consists of elements `T` and nothing else: the shape,
// which `repr(C)` places after the elements, takes no memory, whatever the types of its axes are,
// as these are not stored. So there is no padding, the alignment is that of `T`, and any bytes are
// a valid array, as they are valid elements `T`. It is `Copy`, as the nested arrays are.
unsafe impl<T: Element + Pod, S: StaticShape> Pod for Array<T, S> {}
