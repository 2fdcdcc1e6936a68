//! `.safetensors` files: tensors by name, the format in which the weights of models are shared.
//!
//! [`SafeTensors`] is a file whose header has been read and checked, and [`SafeTensorsWriter`] is a
//! file to be written. The crate `safetensors` parses the header, and `header.rs` compares its
//! claims with the bytes that are there. `read.rs` reads a tensor, `element.rs` lists the element
//! types, and `write.rs` makes the bytes of a file. No content of a file makes the reader panic, or
//! allocate an amount that a header merely claims.
//!
//! ```
//! use shapewright::{Tensor, io::safetensors::{SafeTensors, SafeTensorsWriter}, shape, tensor};
//! let (weight, bias) = (tensor![[1.0f32, 2.0], [3.0, 4.0]], tensor![0.5f64, 0.25]);
//! let bytes = SafeTensorsWriter::new().with("fc1.weight", &weight).with("fc1.bias", &bias).to_bytes()?;
//!
//! let file = SafeTensors::from_bytes(&bytes)?;
//! let read: Tensor<f32, shape![2, 2]> = file.tensor("fc1.weight")?;
//! assert_eq!(read, weight);
//!
//! let error = file.tensor::<f32, shape![2, 3]>("fc1.weight").unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "`fc1.weight` is F32 (2, 2), expected F32 (2, 3): axis -1 must be 3, not 2"
//! );
//! # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
//! ```
//!
//! Source: [the format](https://huggingface.co/docs/safetensors/index#format).

mod element;
mod error;
mod header;
mod read;
mod write;

pub use element::{Dtype, SafeTensorsElement};
pub use error::SafeTensorsError;
pub use write::SafeTensorsWriter;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
#[cfg(feature = "std")]
use std::path::{Path, PathBuf};

use safetensors::tensor::{Metadata, TensorInfo};

use crate::element::Element;
use crate::error::Said;
use crate::io::bytes::FileBytes;
use crate::io::nearest::nearest;
use crate::lengths::Lengths;
use crate::shape::FromLengths;
use crate::tensor::{Tensor, TensorView};
use crate::verify;

/// A `.safetensors` file in memory, whose header has been read and checked: the names of the
/// tensors, their shapes and element types.
///
/// ```no_run
/// use shapewright::{dim, io::safetensors::SafeTensors, shape};
/// dim!(pub Classes);
/// let file = SafeTensors::read("model.safetensors")?;
/// let weight = file.tensor::<f32, shape![128, 784]>("fc1.weight")?;
/// let bias = file.tensor::<f32, shape![?Classes]>("fc2.bias")?; // of any length
/// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
/// ```
pub struct SafeTensors<'a> {
    bytes: FileBytes<'a>,
    /// The index in the file at which the data begins, after the header.
    start: usize,
    header: Metadata,
    /// The names of the tensors, in the order of their data.
    names: Vec<String>,
    #[cfg(feature = "std")]
    path: Option<PathBuf>,
}

impl<'a> SafeTensors<'a> {
    /// The file whose contents are `bytes`: a slice, such as memory that is mapped, or a `Vec`.
    ///
    /// # Errors
    /// When the bytes are not a whole file, because the header is truncated or malformed. Also when
    /// the header claims that the tensors overlap, have gaps between them, have other sizes than
    /// their shapes require, or do not end where the bytes end.
    ///
    /// ```
    /// use shapewright::io::safetensors::SafeTensors;
    /// let error = SafeTensors::from_bytes(b"PK\x03\x04 is no length").unwrap_err();
    /// assert!(error.to_string().starts_with("malformed safetensors header: "));
    /// ```
    pub fn from_bytes(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self, SafeTensorsError> {
        Self::parse(bytes.into().into())
    }

    /// Parses the file whose contents are `bytes`.
    pub(crate) fn parse(bytes: FileBytes<'a>) -> Result<Self, SafeTensorsError> {
        let (start, header) = header::parse(&bytes)?;
        let names = header.offset_keys();
        Ok(Self {
            bytes,
            start,
            header,
            names,
            #[cfg(feature = "std")]
            path: None,
        })
    }

    /// The number of tensors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no tensors.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of the tensors, in the order of their data.
    ///
    /// ```
    /// use shapewright::{io::safetensors::{SafeTensors, SafeTensorsWriter}, tensor};
    /// let bytes = SafeTensorsWriter::new().with("b", &tensor![1.0]).with("a", &tensor![2.0]).to_bytes()?;
    /// let file = SafeTensors::from_bytes(bytes)?;
    /// assert!(file.names().eq(["a", "b"]));
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    #[doc(alias = "keys")]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The texts that the file has besides its tensors, such as `("format", "pt")`, sorted by their
    /// keys.
    #[must_use]
    pub fn metadata(&self) -> Vec<(&str, &str)> {
        let texts = self.header.metadata().iter().flatten();
        let mut texts: Vec<_> = texts.map(|(key, text)| (key.as_str(), text.as_str())).collect();
        texts.sort_unstable();
        texts
    }

    /// The shape of the tensor `name`, of any rank.
    ///
    /// # Errors
    /// When there is no tensor of this name. The error suggests the nearest names.
    ///
    /// ```
    /// use shapewright::{io::safetensors::{SafeTensors, SafeTensorsWriter}, tensor};
    /// let bytes = SafeTensorsWriter::new().with("fc1.bias", &tensor![1.0, 2.0]).to_bytes()?;
    /// let file = SafeTensors::from_bytes(bytes)?;
    /// assert_eq!(file.shape_of("fc1.bias")?, [2]);
    /// let error = file.shape_of("fc1_bias").unwrap_err();
    /// assert_eq!(error.to_string(), "no tensor `fc1_bias`, the only one is `fc1.bias`");
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    pub fn shape_of(&self, name: &str) -> Result<&[usize], SafeTensorsError> {
        let info = self.info(name).map_err(|error| self.located(error))?;
        Ok(&info.shape)
    }

    /// The element type of the tensor `name`.
    ///
    /// # Errors
    /// Like [`shape_of`](Self::shape_of).
    ///
    /// ```
    /// use shapewright::{io::safetensors::{SafeTensors, SafeTensorsWriter}, tensor};
    /// let bytes = SafeTensorsWriter::new().with("fc1.bias", &tensor![1.0f32, 2.0]).to_bytes()?;
    /// let file = SafeTensors::from_bytes(bytes)?;
    /// assert!(file.dtype_of("fc1.bias")?.is::<f32>());
    /// assert_eq!(file.dtype_of("fc1.bias")?.to_string(), "F32");
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    pub fn dtype_of(&self, name: &str) -> Result<Dtype, SafeTensorsError> {
        let info = self.info(name).map_err(|error| self.located(error))?;
        Ok(Dtype::known(info.dtype))
    }

    /// The tensor `name`, copied to the heap. Run-time lengths are taken from the file.
    ///
    /// # Errors
    /// When there is no tensor of this name, its element type is not `T` (elements are not
    /// converted), its shape is not `S`, or an element of type `bool` is neither 0 nor 1.
    ///
    /// ```
    /// use shapewright::{io::safetensors::{SafeTensors, SafeTensorsWriter}, prelude::*, shape, tensor};
    /// let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    /// let bytes = SafeTensorsWriter::new().with("x", &x).to_bytes()?;
    /// let file = SafeTensors::from_bytes(bytes)?;
    /// assert_eq!(file.tensor::<f32, shape![2, 2]>("x")?, x);
    /// assert_eq!(file.tensor::<f32, shape![?, 2]>("x")?.shape().lengths(), [2, 2]);
    /// let error = file.tensor::<f64, shape![2, 2]>("x").unwrap_err().to_string();
    /// assert_eq!(error, "`x` is F32 (2, 2), expected F64 (2, 2): elements are not converted, read it as `f32`");
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    pub fn tensor<T, S>(&self, name: &str) -> Result<Tensor<T, S>, SafeTensorsError>
    where
        T: Element + SafeTensorsElement,
        S: FromLengths,
    {
        const { verify::counted::<S>() };
        self.copied(name).map_err(|error| self.located(error))
    }

    /// A view of the tensor `name` in the file's bytes, without a copy.
    ///
    /// # Errors
    /// Like [`tensor`](Self::tensor); also when the data is not aligned for `T`, which depends on
    /// where the bytes of the file are in memory, or when the machine is big-endian, because files
    /// are little-endian.
    ///
    /// ```
    /// use shapewright::{io::safetensors::{SafeTensors, SafeTensorsWriter}, shape, tensor};
    /// let bytes = SafeTensorsWriter::new().with("mask", &tensor![true, false]).to_bytes()?;
    /// let file = SafeTensors::from_bytes(&bytes)?;
    /// assert_eq!(file.view::<bool, shape![2]>("mask")?, [true, false]);
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    pub fn view<T, S>(&self, name: &str) -> Result<TensorView<'_, T, S>, SafeTensorsError>
    where
        T: Element + SafeTensorsElement,
        S: FromLengths,
    {
        const { verify::counted::<S>() };
        self.viewed(name).map_err(|error| self.located(error))
    }

    /// The data of a tensor. Its range was checked when the header was read.
    fn data_of(&self, info: &TensorInfo) -> &[u8] {
        let (from, to) = info.data_offsets;
        self.bytes.get(self.start..).and_then(|data| data.get(from..to)).unwrap_or_default()
    }

    /// The data of the tensor `name`; empty if there is no tensor of this name.
    pub(crate) fn data(&self, name: &str) -> &[u8] {
        self.header.info(name).map(|info| self.data_of(info)).unwrap_or_default()
    }

    fn info(&self, name: &str) -> Result<&TensorInfo, SafeTensorsError> {
        self.header.info(name).ok_or_else(|| SafeTensorsError::Missing {
            name: name.to_string(),
            nearest: nearest(name, self.names()),
            count: self.len(),
        })
    }

    /// `error` with the path of the file before it, if the file has a path.
    #[cold]
    fn located(&self, error: SafeTensorsError) -> SafeTensorsError {
        #[cfg(feature = "std")]
        if let Some(path) = &self.path {
            return SafeTensorsError::Contents { path: path.clone(), error: error.into() };
        }
        error
    }
}

#[cfg(feature = "std")]
impl SafeTensors<'static> {
    /// The file at `path`, read as a whole.
    ///
    /// # Errors
    /// When the file cannot be read, and as for [`from_bytes`](Self::from_bytes). This error names
    /// the file, and so do the errors of the methods that read its tensors.
    ///
    /// ```
    /// use shapewright::io::safetensors::SafeTensors;
    /// let error = SafeTensors::read("no/such/model.safetensors").unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/model.safetensors: "));
    /// ```
    #[doc(alias("load", "load_file"))]
    pub fn read(path: impl AsRef<Path>) -> Result<Self, SafeTensorsError> {
        let path = path.as_ref();
        Self::at(path, std::fs::read(path).map(FileBytes::Owned))
    }

    /// Maps the file at `path` into memory. The data of a tensor is not read before it is used, and
    /// [`view`](Self::view) copies nothing.
    ///
    /// # Errors
    /// Like [`read`](Self::read).
    ///
    /// # Safety
    /// Nobody changes or truncates the file as long as the returned value lives. Mapped memory is
    /// the file itself, whichever program writes to it. A change would change elements of views,
    /// which Rust assumes to be constant, and could make a `bool` that is neither true nor false.
    /// If the file has been truncated and the program reads past the new end, a signal ends the
    /// program.
    ///
    /// ```no_run
    /// use shapewright::{io::safetensors::SafeTensors, prelude::*, shape};
    /// // SAFETY: the file is installed with the program, which alone has the right to write it.
    /// let file = unsafe { SafeTensors::mmap("model.safetensors") }?;
    /// let table = file.view::<f32, shape![50257, 768]>("wte.weight")?;
    /// println!("{}", table.sum());
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    #[cfg(feature = "mmap")]
    pub unsafe fn mmap(path: impl AsRef<Path>) -> Result<Self, SafeTensorsError> {
        let path = path.as_ref();
        // SAFETY: the caller promises that nobody changes or truncates the file as long as the
        // value lives, which is the contract of `FileBytes::map`.
        Self::at(path, unsafe { FileBytes::map(path) })
    }

    fn at(
        path: &Path,
        bytes: std::io::Result<FileBytes<'static>>,
    ) -> Result<Self, SafeTensorsError> {
        let bytes =
            bytes.map_err(|error| SafeTensorsError::Io { path: path.to_path_buf(), error })?;
        let file = Self::parse(bytes).map_err(|error| SafeTensorsError::Contents {
            path: path.to_path_buf(),
            error: error.into(),
        })?;
        Ok(Self { path: Some(path.to_path_buf()), ..file })
    }
}

/// Prints the tensors by name, each with its element type and shape.
impl fmt::Debug for SafeTensors<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tensors = self.names.iter().filter_map(|name| {
            let info = self.header.info(name)?;
            let (dtype, shape) = (info.dtype, Lengths::new(&info.shape));
            Some((name, Said(move |f: &mut fmt::Formatter<'_>| write!(f, "{dtype} {shape}"))))
        });
        f.write_str("SafeTensors ")?;
        f.debug_map().entries(tensors).finish()
    }
}
