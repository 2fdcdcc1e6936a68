//! Tensors as data of `serde`: nested lists in formats that people read, and the shape and the
//! elements in other formats.
//!
//! No input makes reading panic, or allocate an amount that the input merely claims. Elements are
//! stored one by one as they come. A length in the input is used only after the elements have been
//! counted, or after the length has been compared with the type.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::element::Element;
use crate::shape::{FromLengths, Shape, StaticShape};
use crate::storage::Storage;
use crate::tensor::{Array, Create, Tensor};
use crate::verify;

mod element;
mod flat;
mod nested;

/// Formats that people read, such as JSON, get nested lists, like those of NumPy's `tolist`. In
/// these formats a tensor without axes is a number. Other formats get a struct of `rank`, `shape`
/// and `data`, the elements in row-major order.
///
/// JSON has neither NaN nor infinity: `serde_json` writes them as `null`, and reading `null` is an
/// error.
///
/// ```
/// use shapewright::tensor;
/// assert_eq!(serde_json::to_string(&tensor![[1.0, 2.0], [3.0, 4.0]])?, "[[1.0,2.0],[3.0,4.0]]");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<T: Element + Serialize, S: Shape, B: Storage> Serialize for Tensor<T, S, B> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        if serializer.is_human_readable() {
            nested::write(self, serializer)
        } else {
            flat::write(self, serializer)
        }
    }
}

/// Static lengths are compared with the input, and run-time lengths are taken from it. All rows
/// must have the same length. An empty list does not say how long its rows would be, so run-time
/// lengths of these rows become 0.
///
/// ```
/// use shapewright::{Tensor, prelude::*, shape};
/// let x: Tensor<f32, shape![?, 2]> = serde_json::from_str("[[1, 2], [3, 4], [5, 6]]")?;
/// assert_eq!(x.shape().lengths(), [3, 2]);
///
/// let error = serde_json::from_str::<Tensor<f32, shape![?, 2]>>("[[1, 2, 3]]").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "shape mismatch: expected (?, 2), found (1, 3): axis -1 must be 2, not 3 at line 1 column 11"
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "alloc")]
impl<'de, T: Element + Deserialize<'de>, S: FromLengths> Deserialize<'de> for Tensor<T, S> {
    fn deserialize<R: Deserializer<'de>>(deserializer: R) -> Result<Self, R::Error> {
        const { verify::counted::<S>() };
        let mut elements = alloc::vec::Vec::new();
        let shape = read::<T, S, _, R>(deserializer, &mut elements)?;
        let read = Tensor::from_shape_vec(shape, elements);
        read.map_err(|error| serde::de::Error::custom(error.line()))
    }
}

/// The lengths are compared with the input, and all rows must have the same length. Nothing is
/// allocated on the heap.
///
/// ```
/// use shapewright::{Array, array, shape};
/// let x: Array<i32, shape![2, 2]> = serde_json::from_str("[[1, 2], [3, 4]]")?;
/// assert_eq!(x, array![[1, 2], [3, 4]]);
///
/// let error = serde_json::from_str::<Array<i32, shape![2, 2]>>("[[1, 2], [3]]").unwrap_err();
/// assert_eq!(error.to_string(), "row 1 has 1 element, row 0 has 2 at line 1 column 12");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de, T: Element + Deserialize<'de>, S: StaticShape> Deserialize<'de> for Array<T, S> {
    fn deserialize<R: Deserializer<'de>>(deserializer: R) -> Result<Self, R::Error> {
        const { verify::counted::<S>() };
        let mut array = <Self as Create>::zeros();
        let mut slots = array.as_mut_slice().iter_mut();
        read::<T, S, _, R>(deserializer, &mut slots)?;
        // All elements of `array` have been set: `read` returns an error unless it has read as many
        // as the shape has.
        Ok(array)
    }
}

/// Reads the elements into `sink`, and returns their shape, which has as many elements as were
/// read.
fn read<'de, T, S, K, R>(deserializer: R, sink: &mut K) -> Result<S, R::Error>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
    R: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        nested::read::<T, S, K, R>(deserializer, sink)
    } else {
        flat::read::<T, S, K, R>(deserializer, sink)
    }
}

/// The destination of elements as they are read, in row-major order.
trait Sink<T> {
    /// Stores one element. Elements past the end of the sink are dropped: the caller counts all
    /// elements that it reads, and reports a wrong number when it has read the last.
    fn put(&mut self, element: T);
}
#[cfg(feature = "alloc")]
impl<T> Sink<T> for alloc::vec::Vec<T> {
    fn put(&mut self, element: T) {
        self.push(element);
    }
}
impl<T> Sink<T> for core::slice::IterMut<'_, T> {
    fn put(&mut self, element: T) {
        if let Some(slot) = self.next() {
            *slot = element;
        }
    }
}
