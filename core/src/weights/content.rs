//! The tensors of a file of weights, with the same interface for each format.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::element::Kind;
use super::error::WeightsError;
use crate::io::bytes::FileBytes;
#[cfg(feature = "npz")]
use crate::io::npz::{BEGINNINGS, Npz, NpzError};
#[cfg(feature = "safetensors")]
use crate::io::safetensors::SafeTensors;

/// The tensors of a file.
pub(super) struct Content<'a> {
    format: Format<'a>,
    tensors: Vec<Listed>,
    by_name: BTreeMap<String, usize>,
}

enum Format<'a> {
    #[cfg(feature = "safetensors")]
    SafeTensors(SafeTensors<'a>),
    #[cfg(feature = "npz")]
    Npz(Npz<'a>),
}

/// The name of a tensor in a file, with the description of the tensor, or what is wrong with it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) what: Result<DescribedTensor, String>,
}

/// The description of a tensor in the file: its shape, its element type, and how its data is
/// stored.
pub(super) struct DescribedTensor {
    pub(super) shape: Vec<usize>,
    /// The element type; `None` if no Rust type has such elements.
    pub(super) kind: Option<Kind>,
    /// The name of the element type in the file format.
    pub(super) words: String,
    pub(super) big_endian: bool,
    /// Whether the *first* axis varies fastest in the data.
    pub(super) fortran_order: bool,
    /// The number of bytes that come before the data in what the format stores for the tensor: in
    /// `.npz` the length of the header of the array, in `.safetensors` 0.
    data_at: usize,
}

/// For each format that is not read: the first bytes of its files, and the message for such a file.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x80\x02", PICKLE),
    (b"\x80\x03", PICKLE),
    (b"\x80\x04", PICKLE),
    (
        b"\x89HDF\r\n\x1a\n",
        "this is an HDF5 file, as Keras writes: save its arrays as .npz, or as .safetensors",
    ),
    (b"GGUF", "this is a GGUF file: its tensors are quantised, and not read"),
    (b"\x93NUMPY", "this is a .npy file, of one array without a name: `io::npy` reads it"),
];
const PICKLE: &str = "this is a pickle of Python's, which is not read: `safetensors.torch.save_file(net.state_dict(), path)` \
     writes what is";
#[cfg(feature = "npz")]
const CHECKPOINT: &str = "this is a checkpoint of `torch.save`, a pickle, which is not read: \
     `safetensors.torch.save_file(net.state_dict(), path)` writes what is";
#[cfg(not(feature = "npz"))]
const ZIP: &str = "this is a zip archive: .npz is read with the feature `npz`, and a checkpoint of `torch.save` is not: \
     `safetensors.torch.save_file(net.state_dict(), path)` writes what is";
#[cfg(not(feature = "safetensors"))]
const NO_ZIP: &str = "this is no .npz archive: .safetensors is read with the feature `safetensors`";

impl<'a> Content<'a> {
    /// The tensors in `bytes`, a whole file, whose format is recognised by its first bytes.
    ///
    /// # Errors
    /// When the file has a format that is not read, or does not conform to its format.
    pub(super) fn parse(bytes: FileBytes<'a>) -> Result<Self, WeightsError> {
        let other = OTHERS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
        if let Some((_, problem)) = other {
            return Err(WeightsError::Format { problem });
        }
        #[cfg(feature = "npz")]
        if BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)) {
            return Self::npz(Npz::parse(bytes)?);
        }
        #[cfg(not(feature = "npz"))]
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Err(WeightsError::Format { problem: ZIP });
        }
        #[cfg(feature = "safetensors")]
        return Ok(Self::safetensors(SafeTensors::parse(bytes)?));
        #[cfg(not(feature = "safetensors"))]
        return Err(WeightsError::Format { problem: NO_ZIP });
    }

    #[cfg(feature = "safetensors")]
    fn safetensors(file: SafeTensors<'a>) -> Self {
        let tensors = file.names().filter_map(|name| {
            let (shape, dtype) = (file.shape_of(name).ok()?.to_vec(), file.dtype_of(name).ok()?);
            let described = DescribedTensor {
                shape,
                kind: dtype.rust_name().and_then(Kind::named),
                words: alloc::format!("{dtype}"),
                big_endian: false,
                fortran_order: false,
                data_at: 0,
            };
            Some(Listed { name: name.into(), what: Ok(described) })
        });
        let tensors = tensors.collect();
        Self::of(Format::SafeTensors(file), tensors)
    }

    #[cfg(feature = "npz")]
    fn npz(archive: Npz<'a>) -> Result<Self, WeightsError> {
        if archive.is_checkpoint() {
            return Err(WeightsError::Format { problem: CHECKPOINT });
        }
        let tensors = archive.headers().iter().map(|header| {
            let what = header.array.as_ref().map_err(NpzError::without_name).map(|array| {
                DescribedTensor {
                    shape: array.shape.clone(),
                    kind: array.stored.name.and_then(Kind::named),
                    words: array.stored.words.clone(),
                    big_endian: array.stored.big_endian,
                    fortran_order: array.stored.fortran_order,
                    data_at: array.data_at,
                }
            });
            Listed { name: header.name.clone(), what }
        });
        let tensors = tensors.collect();
        Ok(Self::of(Format::Npz(archive), tensors))
    }

    fn of(format: Format<'a>, tensors: Vec<Listed>) -> Self {
        let by_name =
            tensors.iter().enumerate().map(|(k, tensor)| (tensor.name.clone(), k)).collect();
        Self { format, tensors, by_name }
    }

    /// The tensors, in the order of the file.
    pub(super) fn tensors(&self) -> &[Listed] {
        &self.tensors
    }

    /// The index of the tensor `name`.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Whether there is a tensor with the name `name`, or with a name that begins with `name` and a
    /// dot.
    pub(super) fn has(&self, name: &str) -> bool {
        let below = String::from(name) + ".";
        let is_below = |found: &String| found.starts_with(&below);
        self.by_name.contains_key(name)
            || self.by_name.range(below.clone()..).next().is_some_and(|(found, _)| is_below(found))
    }

    /// The data of the tensor `index`, which must be `expected` bytes long.
    ///
    /// # Errors
    /// When the data has another length, or is damaged.
    pub(super) fn data(&self, index: usize, expected: usize) -> Result<TensorData<'_>, String> {
        let tensor = &self.tensors[index];
        let described = tensor.what.as_ref().map_err(Clone::clone)?;
        let whole = match &self.format {
            #[cfg(feature = "safetensors")]
            Format::SafeTensors(file) => {
                let data = file.data(&tensor.name);
                if data.len() != expected {
                    return Err(alloc::format!(
                        "expected {expected} bytes of data, found {}",
                        data.len()
                    ));
                }
                Cow::Borrowed(data)
            }
            #[cfg(feature = "npz")]
            Format::Npz(archive) => archive
                .contents(index, described.data_at, expected)
                .map_err(|error| error.without_name())?,
        };
        Ok(TensorData { whole, begin: described.data_at })
    }
}

/// The data of a tensor.
pub(super) struct TensorData<'a> {
    whole: Cow<'a, [u8]>,
    begin: usize,
}

impl TensorData<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        self.whole.get(self.begin..).unwrap_or_default()
    }
}
