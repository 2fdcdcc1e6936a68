//! Makes the bytes of a `.safetensors` file: a header, then the data of each tensor.
//!
//! The files are byte for byte those that the crate `safetensors` writes, except for the order of
//! the texts in the metadata. The crate writes them in random order, and this module in the order
//! in which they were added.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::fmt;
#[cfg(feature = "std")]
use std::{io::Write, path::Path};

use safetensors::tensor::TensorInfo;

use super::element::SafeTensorsElement;
use super::element::sealed::RawBytes;
use super::error::SafeTensorsError;
use super::header::LONGEST;
use crate::element::Element;
use crate::error::Said;
use crate::lengths::Lengths;
use crate::shape::Shape;
use crate::storage::Storage;
use crate::tensor::Tensor;

/// The key of the texts that a file has besides its tensors.
const METADATA: &str = "__metadata__";

/// A `.safetensors` file to be written: tensors by name, of any element types, shapes and storages.
///
/// ```no_run
/// use shapewright::{io::safetensors::SafeTensorsWriter, tensor};
/// let (weight, bias) = (tensor![[1.0f32, 2.0], [3.0, 4.0]], tensor![0.5f64, 0.25]);
/// SafeTensorsWriter::new()
///     .with("fc1.weight", &weight)
///     .with("fc1.bias", &bias)
///     .with_metadata("format", "pt") // which some readers require
///     .write("model.safetensors")?;
/// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
/// ```
///
/// In a loop, write `writer = writer.with(name, &tensor)`. The data is in the same order as that of
/// the crate `safetensors`: the largest element types first, so that each tensor is aligned, and
/// then by name.
#[derive(Default)]
#[must_use = "nothing is written before `write` or `to_bytes`"]
pub struct SafeTensorsWriter<'a> {
    tensors: Vec<(String, &'a dyn StoredTensor)>,
    metadata: Vec<(String, String)>,
}

impl<'a> SafeTensorsWriter<'a> {
    /// A file without tensors.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `tensor` under the name `name`.
    pub fn with<T: Element + SafeTensorsElement, S: Shape, B: Storage>(
        mut self,
        name: impl Into<String>,
        tensor: &'a Tensor<T, S, B>,
    ) -> Self {
        self.tensors.push((name.into(), tensor));
        self
    }

    /// Adds a text to the metadata of the file, with the key `key`.
    pub fn with_metadata(mut self, key: impl Into<String>, text: impl Into<String>) -> Self {
        self.metadata.push((key.into(), text.into()));
        self
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// When two tensors have the same name, or two texts the same key, or a name is `__metadata__`.
    ///
    /// ```
    /// use shapewright::{io::safetensors::SafeTensorsWriter, tensor};
    /// let x = tensor![1.0, 2.0];
    /// assert_eq!(SafeTensorsWriter::new().with("x", &x).to_bytes()?.len(), 8 + 56 + 16);
    /// let error = SafeTensorsWriter::new().with("x", &x).with("x", &x).to_bytes().unwrap_err();
    /// assert_eq!(error.to_string(), "`x` is the name of two tensors");
    /// # Ok::<(), shapewright::io::safetensors::SafeTensorsError>(())
    /// ```
    pub fn to_bytes(&self) -> Result<Vec<u8>, SafeTensorsError> {
        let (mut bytes, tensors) = self.prepare()?;
        for tensor in tensors {
            tensor.blocks(&mut |block| {
                bytes.extend_from_slice(block);
                true
            });
        }
        Ok(bytes)
    }

    /// Writes the file to `path`, in blocks, so that not all of its bytes are in memory at a time.
    /// An existing file is replaced.
    ///
    /// # Errors
    /// Like [`to_bytes`](Self::to_bytes); also when the file cannot be written. Part of the file
    /// may have been written then. The error names the file.
    #[doc(alias("save", "save_file"))]
    #[cfg(feature = "std")]
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), SafeTensorsError> {
        let path = path.as_ref();
        let (head, tensors) = self.prepare().map_err(|error| SafeTensorsError::Contents {
            path: path.to_path_buf(),
            error: error.into(),
        })?;
        let write = || {
            let mut file = std::fs::File::create(path)?;
            file.write_all(&head)?;
            for tensor in tensors {
                let mut written = Ok(());
                tensor.blocks(&mut |block| {
                    written = file.write_all(block);
                    written.is_ok()
                });
                written?;
            }
            Ok(())
        };
        write().map_err(|error| SafeTensorsError::Io { path: path.to_path_buf(), error })
    }

    /// All bytes before the data, and the tensors in the order of their data.
    fn prepare(&self) -> Result<(Vec<u8>, Vec<&'a dyn StoredTensor>), SafeTensorsError> {
        let malformed = |problem: &str| SafeTensorsError::Header { problem: problem.to_string() };
        let mut tensors: Vec<_> =
            self.tensors.iter().map(|(name, tensor)| (name, *tensor)).collect();
        tensors.sort_by_key(|&(name, tensor)| (Reverse(tensor.info((0, 0)).dtype), name));
        repeated(tensors.iter().map(|&(name, _)| name.as_str()), "is the name of two tensors")?;
        repeated(self.metadata.iter().map(|(key, _)| key.as_str()), "is the key of two texts")?;
        if let Some((name, _)) = tensors.iter().find(|(name, _)| *name == METADATA) {
            let problem = "is the name of what stands beside tensors, and of none";
            return Err(SafeTensorsError::Name { name: name.to_string(), problem });
        }

        let mut entries = Vec::with_capacity(tensors.len() + 1);
        if !self.metadata.is_empty() {
            let texts = self.metadata.iter().map(|(key, text)| entry(key, &json(text)?));
            let texts = texts.collect::<Result<Vec<_>, _>>()?;
            entries.push(entry(METADATA, &object(&texts))?);
        }
        let mut end = 0usize;
        for &(name, tensor) in &tensors {
            let (from, bytes) = (end, tensor.count().checked_mul(tensor.size()));
            end = bytes
                .and_then(|bytes| from.checked_add(bytes))
                .ok_or_else(|| malformed("its tensors have more bytes than memory"))?;
            entries.push(entry(name, &json(&tensor.info((from, end)))?)?);
        }
        let mut text = object(&entries);
        // The data begins at a multiple of 8, as the format requires.
        while !text.len().is_multiple_of(8) {
            text.push(' ');
        }
        if text.len() > LONGEST {
            return Err(malformed("it is longer than the format allows"));
        }
        let mut head = Vec::with_capacity(8 + text.len());
        head.extend_from_slice(&(text.len() as u64).to_le_bytes());
        head.extend_from_slice(text.as_bytes());
        Ok((head, tensors.into_iter().map(|(_, tensor)| tensor).collect()))
    }
}

/// A tensor of any type, as the writer uses it.
trait StoredTensor {
    /// The number of bytes of an element.
    fn size(&self) -> usize;
    /// The number of elements.
    fn count(&self) -> usize;
    /// The tensor's entry in the header, for data from the first to the second of `data_offsets`.
    fn info(&self, data_offsets: (usize, usize)) -> TensorInfo;
    /// Passes the tensor's data, block by block, to `write`, until `write` returns `false`.
    fn blocks(&self, write: &mut dyn FnMut(&[u8]) -> bool);
}
impl<T: Element + SafeTensorsElement, S: Shape, B: Storage> StoredTensor for Tensor<T, S, B> {
    fn size(&self) -> usize {
        size_of::<T>()
    }
    fn count(&self) -> usize {
        self.len()
    }
    fn info(&self, data_offsets: (usize, usize)) -> TensorInfo {
        TensorInfo {
            dtype: <T as RawBytes>::DTYPE,
            shape: self.shape().lengths().as_ref().to_vec(),
            data_offsets,
        }
    }
    fn blocks(&self, write: &mut dyn FnMut(&[u8]) -> bool) {
        let mut block = alloc::vec![0; BLOCK.min(self.len().saturating_mul(size_of::<T>()))];
        let mut elements = self.iter();
        loop {
            let mut filled = 0;
            // The block comes first in `zip`, which then takes no element from `elements` once the
            // block is full.
            for (raw, element) in block.chunks_exact_mut(size_of::<T>()).zip(&mut elements) {
                element.write_little_endian(raw);
                filled += size_of::<T>();
            }
            if filled == 0 || !write(&block[..filled]) {
                return;
            }
        }
    }
}

/// The number of bytes of a block.
const BLOCK: usize = 64 * 1024;

/// Prints the tensors by name, each with its element type and shape.
impl fmt::Debug for SafeTensorsWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tensors = self.tensors.iter().map(|(name, tensor)| {
            let TensorInfo { dtype, shape, .. } = tensor.info((0, 0));
            (
                name,
                Said(move |f: &mut fmt::Formatter<'_>| {
                    write!(f, "{dtype} {}", Lengths::new(&shape))
                }),
            )
        });
        f.write_str("SafeTensorsWriter ")?;
        f.debug_map().entries(tensors).finish()
    }
}

/// The text of an entry of a JSON object.
fn entry(key: &str, value: &str) -> Result<String, SafeTensorsError> {
    Ok(json(key)? + ":" + value)
}

/// A JSON object with the entries `entries`.
fn object(entries: &[String]) -> String {
    String::from("{") + &entries.join(",") + "}"
}

/// `value` as JSON.
fn json<V: serde::Serialize + ?Sized>(value: &V) -> Result<String, SafeTensorsError> {
    serde_json::to_string(value)
        .map_err(|error| SafeTensorsError::Header { problem: error.to_string() })
}

/// An error with the text `problem` if a name occurs twice.
fn repeated<'a>(
    names: impl Iterator<Item = &'a str>,
    problem: &'static str,
) -> Result<(), SafeTensorsError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(SafeTensorsError::Name { name: name.to_string(), problem });
        }
    }
    Ok(())
}
