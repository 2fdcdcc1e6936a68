//! `.npy` files, the format that `numpy.save` writes: a small reader and writer without
//! dependencies. The crate `npyz` would bring 25 crates. This reader has been compared with NumPy's
//! on some 400,000 files, valid and mutated.
//!
//! `header.rs` parses a header, and `literal.rs` the Python literals in it. `decode.rs` and
//! `raw.rs` read the elements in row-major order. `encode.rs` makes the bytes of a file, and
//! `file.rs` reads and writes files by path. `element.rs` lists the element types. These files know
//! nothing of tensors. No content of a file makes the reader panic, or allocate an amount that a
//! header merely claims.
//!
//! Source:
//! [`numpy.lib.format`](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html),
//! versions 1.0, 2.0 and 3.0.

mod decode;
mod element;
mod encode;
mod error;
#[cfg(feature = "std")]
mod file;
mod header;
mod literal;
mod raw;

pub(crate) use decode::NpyFile;
#[cfg(feature = "npz")]
pub(crate) use decode::Stored;
pub use element::NpyElement;
pub(crate) use encode::encode;
#[cfg(feature = "npz")]
pub(crate) use encode::header_of;
pub use error::NpyError;
#[cfg(feature = "std")]
pub(crate) use file::{read_file, write_file};
pub(crate) use raw::DecodedElements;
#[cfg(feature = "npz")]
pub(crate) use raw::Raw;

use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::path::Path;

use crate::element::Element;
use crate::shape::{FromLengths, Shape};
use crate::storage::Storage;
use crate::tensor::Tensor;
use crate::verify;

/// The bytes that every `.npy` file starts with.
const MAGIC: &[u8] = b"\x93NUMPY";

/// Reads a tensor from the bytes of a `.npy` file.
///
/// # Errors
/// When the bytes are not a whole `.npy` file, or the element type or shape in the file is not that
/// of the tensor; an error about shapes says which axis differs. Run-time lengths of the tensor,
/// such as [`Dyn`](crate::Dyn), are taken from the file.
///
/// ```
/// use shapewright::{Tensor, io::npy, shape, tensor};
/// let bytes = npy::to_bytes(&tensor![[1.0f32, 2.0], [3.0, 4.0]]);
/// let x: Tensor<f32, shape![2, 2]> = npy::from_bytes(&bytes)?;
/// assert_eq!(x, tensor![[1.0, 2.0], [3.0, 4.0]]);
///
/// let error = npy::from_bytes::<f32, shape![2, 3]>(&bytes).unwrap_err();
/// assert!(error.to_string().starts_with("shape mismatch: expected (2, 3), found (2, 2): axis -1 must be 3, not 2"));
///
/// let x: Tensor<f32, shape![?, 2]> = npy::from_bytes(&bytes)?;
/// assert_eq!(x.shape().lengths(), [2, 2]);
/// # use shapewright::prelude::*;
/// # Ok::<(), npy::NpyError>(())
/// ```
#[doc(alias("load"))]
pub fn from_bytes<T: Element + NpyElement, S: FromLengths>(
    bytes: &[u8],
) -> Result<Tensor<T, S>, NpyError> {
    const { verify::counted::<S>() };
    let file = NpyFile::parse(bytes)?;
    let shape = file.shape_as::<T, S>()?;
    let mut elements: DecodedElements<'_, T> = file.elements(shape.lengths().as_ref())?;
    // `elements` has as many elements as `shape`, which `NpyFile::elements` has checked.
    Ok(Tensor::from_fn_of(shape, |_| elements.next().unwrap_or(T::ZERO)))
}

/// Reads a tensor from a `.npy` file.
///
/// # Errors
/// When the file cannot be read, and as for [`from_bytes`]. The error names the file.
///
/// ```
/// use shapewright::{io::npy, shape};
/// let error = npy::read::<f32, shape![1797, 64]>("no/such/file.npy").unwrap_err();
/// assert!(error.to_string().starts_with("no/such/file.npy: "));
/// ```
#[doc(alias("load", "read_npy"))]
#[cfg(feature = "std")]
pub fn read<T: Element + NpyElement, S: FromLengths>(
    path: impl AsRef<Path>,
) -> Result<Tensor<T, S>, NpyError> {
    const { verify::counted::<S>() };
    let path = path.as_ref();
    from_bytes(&read_file(path)?).map_err(|error| NpyError::Contents {
        path: path.to_path_buf(),
        error: alloc::boxed::Box::new(error),
    })
}

/// The bytes of a `.npy` file of a tensor, as `numpy.save` writes them.
///
/// ```
/// use shapewright::{io::npy, tensor};
/// assert!(npy::to_bytes(&tensor![1.0, 2.0]).starts_with(b"\x93NUMPY\x01\x00"));
/// ```
#[doc(alias("save"))]
pub fn to_bytes<T: Element + NpyElement, S: Shape, B: Storage>(
    tensor: &Tensor<T, S, B>,
) -> Vec<u8> {
    use crate::ops::Evaluate;
    encode(tensor.shape().lengths().as_ref(), tensor.to_tensor().as_slice().iter().copied())
}

/// Writes a tensor to a `.npy` file, as `numpy.save` does.
///
/// # Errors
/// When the file cannot be written.
///
/// ```no_run
/// use shapewright::{io::npy, tensor};
/// npy::write("x.npy", &tensor![1.0, 2.0])?;
/// # Ok::<(), npy::NpyError>(())
/// ```
#[doc(alias("save", "write_npy"))]
#[cfg(feature = "std")]
pub fn write<T: Element + NpyElement, S: Shape, B: Storage>(
    path: impl AsRef<Path>,
    tensor: &Tensor<T, S, B>,
) -> Result<(), NpyError> {
    use crate::ops::Evaluate;
    let dense = tensor.to_tensor();
    write_file(path.as_ref(), dense.shape().lengths().as_ref(), dense.as_slice().iter().copied())
}
