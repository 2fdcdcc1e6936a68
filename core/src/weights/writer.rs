//! Writes the parts of a struct to a file, one by one.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
#[cfg(all(feature = "npz", feature = "std"))]
use std::io::Write as _;
#[cfg(feature = "std")]
use std::path::Path;

use super::Weights;
#[cfg(feature = "npz")]
use super::element::Kind;
use super::element::WeightElement;
use super::error::WeightsError;
#[cfg(feature = "npz")]
use crate::io::npz::{ArrayToWrite, encode};
#[cfg(feature = "safetensors")]
use crate::io::safetensors::SafeTensorsWriter;
use crate::shape::Shape;
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;

/// What a value is written to: a file, in which the names of the value's tensors begin with the
/// name of the value. A writer is passed to [`Weights::write`].
pub struct Writer<'a> {
    name: String,
    tensors: Vec<(String, Kept<'a>)>,
}

/// A tensor of any type, borrowed or owned.
enum Kept<'a> {
    Lent(&'a dyn StoredWeight),
    Owned(Box<dyn StoredWeight + 'a>),
}
impl Kept<'_> {
    fn get(&self) -> &dyn StoredWeight {
        match self {
            Self::Lent(tensor) => *tensor,
            Self::Owned(tensor) => &**tensor,
        }
    }
}

/// Prints the names of the tensors that have been written.
impl fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer ")?;
        f.debug_list().entries(self.tensors.iter().map(|(name, _)| name)).finish()
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new() -> Self {
        Self { name: String::new(), tensors: Vec::new() }
    }

    /// Writes the part `name`.
    pub fn part<W: Weights>(&mut self, name: &str, value: &'a W) {
        self.below(name, |writer| value.write(writer));
    }

    /// Writes the tensor `name`.
    pub fn tensor<T: WeightElement, S: Shape, B: Storage>(
        &mut self,
        name: &str,
        tensor: &'a Tensor<T, S, B>,
    ) {
        self.below(name, |writer| writer.this(tensor));
    }

    /// Writes a tensor that was computed for the file, because the value itself has its numbers in
    /// another form.
    pub fn computed<T: WeightElement, S: Shape>(&mut self, name: &str, tensor: Tensor<T, S, Heap>) {
        self.below(name, |writer| {
            let name = writer.name.clone();
            writer.tensors.push((name, Kept::Owned(Box::new(tensor))));
        });
    }

    /// Writes `tensor` under the name `self.name`: the names of the parts that are being written,
    /// joined by dots.
    pub(super) fn this<T: WeightElement, S: Shape, B: Storage>(
        &mut self,
        tensor: &'a Tensor<T, S, B>,
    ) {
        self.tensors.push((self.name.clone(), Kept::Lent(tensor)));
    }

    pub(super) fn below(&mut self, name: &str, f: impl FnOnce(&mut Self)) {
        let length = self.name.len();
        if length > 0 {
            self.name.push('.');
        }
        self.name.push_str(name);
        f(self);
        self.name.truncate(length);
    }

    #[cfg(feature = "safetensors")]
    fn safetensors(&self) -> SafeTensorsWriter<'_> {
        // Readers that expect the names and layouts of PyTorch require this text.
        let writer = SafeTensorsWriter::new().with_metadata("format", "pt");
        self.tensors.iter().fold(writer, |writer, (name, tensor)| tensor.get().put(name, writer))
    }

    /// The bytes of a `.safetensors` file.
    #[cfg(feature = "safetensors")]
    pub(super) fn to_safetensors(&self) -> Result<Vec<u8>, WeightsError> {
        Ok(self.safetensors().to_bytes()?)
    }

    /// The bytes of a `.npz` archive.
    #[cfg(feature = "npz")]
    pub(super) fn to_npz(&self) -> Result<Vec<u8>, WeightsError> {
        let mut bytes = Vec::new();
        let written = self.npz(|block| {
            bytes.extend_from_slice(block);
            Ok::<(), core::convert::Infallible>(())
        });
        match written? {
            Ok(()) => Ok(bytes),
        }
    }

    /// Passes the bytes of a `.npz` archive to `write`. The inner result is the first error that
    /// `write` returns.
    #[cfg(feature = "npz")]
    fn npz<E>(
        &self,
        write: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<Result<(), E>, WeightsError> {
        let wrong = |name: &String, problem| WeightsError::Write { name: name.clone(), problem };
        let mut names = alloc::collections::BTreeSet::new();
        let mut arrays = Vec::with_capacity(self.tensors.len());
        let blocks: Vec<_> = self
            .tensors
            .iter()
            .map(|(_, tensor)| {
                move |write: &mut dyn FnMut(&[u8]) -> bool| tensor.get().blocks(write)
            })
            .collect();
        for ((name, tensor), blocks) in self.tensors.iter().zip(&blocks) {
            if !names.insert(name) {
                return Err(wrong(name, "is the name of two tensors"));
            }
            // The archive has 16 bits for the length of an entry's name, which is `name` followed
            // by `.npy`.
            if name.len() > usize::from(u16::MAX) - 4 {
                return Err(wrong(name, "is longer than the format allows"));
            }
            let (kind, shape, tensor) = (tensor.get().kind(), tensor.get().shape(), tensor.get());
            let letter =
                kind.letter().ok_or_else(|| wrong(name, "is bf16, which NumPy has not"))?;
            let header = crate::io::npy::header_of(letter, kind.size(), &shape);
            let len = (tensor.count() as u64).saturating_mul(kind.size() as u64);
            arrays.push(ArrayToWrite { name, header, len, blocks });
        }
        Ok(encode(&arrays, write))
    }

    /// Writes the file to `path`, in the format that its extension names.
    #[cfg(feature = "std")]
    pub(super) fn save(&self, path: &Path) -> Result<(), WeightsError> {
        let located =
            |error| WeightsError::Contents { path: path.to_path_buf(), error: Box::new(error) };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending {
            #[cfg(feature = "safetensors")]
            "safetensors" => Ok(self.safetensors().write(path)?),
            #[cfg(feature = "npz")]
            "npz" => {
                let failed = |error| WeightsError::Io { path: path.to_path_buf(), error };
                // This call checks the names and element types and writes nothing, so that a wrong
                // name does not destroy an existing file.
                self.npz(|_| Err(())).map(|_| ()).map_err(located)?;
                let mut file =
                    std::io::BufWriter::new(std::fs::File::create(path).map_err(failed)?);
                let written = self.npz(|block| file.write_all(block)).map_err(located)?;
                written.and_then(|()| file.flush()).map_err(failed)
            }
            _ => Err(located(WeightsError::Format { problem: ENDINGS })),
        }
    }
}

/// The message if the extension of a file's name is not that of a format.
#[cfg(feature = "std")]
const ENDINGS: &str = match (cfg!(feature = "safetensors"), cfg!(feature = "npz")) {
    (true, true) => "the name says no format: let it end with .safetensors or .npz",
    (true, false) => "let the name end with .safetensors; .npz is written with the feature `npz`",
    _ => "let the name end with .npz; .safetensors is written with the feature `safetensors`",
};

/// A tensor of any type, as the writer uses it.
trait StoredWeight {
    /// Adds this tensor to `writer` under the name `name`.
    #[cfg(feature = "safetensors")]
    fn put<'a>(&'a self, name: &str, writer: SafeTensorsWriter<'a>) -> SafeTensorsWriter<'a>;
    #[cfg(feature = "npz")]
    fn kind(&self) -> Kind;
    #[cfg(feature = "npz")]
    fn shape(&self) -> Vec<usize>;
    /// The number of elements.
    #[cfg(feature = "npz")]
    fn count(&self) -> usize;
    /// Passes the tensor's data, block by block, to `write`, until `write` returns `false`.
    #[cfg(feature = "npz")]
    fn blocks(&self, write: &mut dyn FnMut(&[u8]) -> bool);
}
impl<T: WeightElement, S: Shape, B: Storage> StoredWeight for Tensor<T, S, B> {
    #[cfg(feature = "safetensors")]
    fn put<'a>(&'a self, name: &str, writer: SafeTensorsWriter<'a>) -> SafeTensorsWriter<'a> {
        writer.with(name, self)
    }
    #[cfg(feature = "npz")]
    fn kind(&self) -> Kind {
        T::KIND
    }
    #[cfg(feature = "npz")]
    fn shape(&self) -> Vec<usize> {
        Tensor::shape(self).lengths().as_ref().to_vec()
    }
    #[cfg(feature = "npz")]
    fn count(&self) -> usize {
        self.len()
    }
    #[cfg(feature = "npz")]
    fn blocks(&self, write: &mut dyn FnMut(&[u8]) -> bool) {
        let mut block = Vec::with_capacity(BLOCK);
        for &element in self.iter() {
            let begin = block.len();
            block.resize(begin + size_of::<T>(), 0);
            element.write_raw(&mut block[begin..]);
            if block.len() + size_of::<T>() > BLOCK {
                if !write(&block) {
                    return;
                }
                block.clear();
            }
        }
        let _ = block.is_empty() || write(&block);
    }
}

/// The maximum number of bytes of a block that [`StoredWeight::blocks`] passes on.
#[cfg(feature = "npz")]
const BLOCK: usize = 64 * 1024;
