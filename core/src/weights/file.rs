//! A file of weights, with options for reading its tensors.

use alloc::borrow::Cow;
#[cfg(feature = "std")]
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
#[cfg(feature = "std")]
use std::path::{Path, PathBuf};

use super::Weights;
use super::content::Content;
use super::element::WeightElement;
use super::error::WeightsError;
use super::log::Log;
use super::needs::{Eps, MetBy, NoNumbers};
use super::problem::Problem;
use super::reader::Reader;
use super::remainder;
use crate::error::Said;
use crate::io::bytes::FileBytes;
use crate::lengths::Lengths;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// A file of weights whose header has been read, with options for reading its tensors. The format
/// is recognised by the first bytes of the file, whatever its name is.
///
/// ```no_run
/// use shapewright::{Dim, nn::Linear, weights::{Weights, WeightsFile}};
/// #[derive(Weights)]
/// struct Net {
///     fc1: Linear<Dim<784>, Dim<128>>,
///     fc2: Linear<Dim<128>, Dim<10>>,
/// }
/// let net: Net = WeightsFile::read("mlp.safetensors")?
///     .prefix("module.") // of all names in the file
///     .convert() // `f16`, `bf16` and `f64` to the types of the fields
///     .allow_unused() // tensors that nothing reads are no error
///     .load()?;
/// # Ok::<(), shapewright::weights::WeightsError>(())
/// ```
#[doc(alias("load_state_dict", "VarBuilder"))]
pub struct WeightsFile<'a> {
    content: Content<'a>,
    #[cfg(feature = "std")]
    path: Option<PathBuf>,
    prefix: String,
    convert: bool,
    allow_unused: bool,
}

/// The description of a tensor in a file.
///
/// ```
/// use shapewright::{io::safetensors::SafeTensorsWriter, tensor, weights::WeightsFile};
/// let bytes = SafeTensorsWriter::new().with("fc1.bias", &tensor![1.0f32, 2.0]).to_bytes()?;
/// let file = WeightsFile::from_bytes(&bytes)?;
/// assert_eq!(file.tensors().next().unwrap().to_string(), "`fc1.bias` f32 (2,)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TensorInfo<'a> {
    /// The name.
    pub name: &'a str,
    /// The name of the element type: that of the Rust type, such as `f32`, or that in the file
    /// format if no Rust type has such elements. If the description of the tensor cannot be read,
    /// this is the reason, and `shape` is empty.
    pub element: &'a str,
    /// The shape, of any number of axes.
    pub shape: &'a [usize],
    /// The number of bytes of an element, if a Rust type has such elements.
    pub element_size: Option<usize>,
}

impl fmt::Display for TensorInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = crate::io::quoted::Quoted(self.name);
        write!(f, "{name} {} {}", self.element, Lengths::new(self.shape))
    }
}
impl fmt::Debug for TensorInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'a> WeightsFile<'a> {
    /// The file whose contents are `bytes`, borrowed or owned.
    ///
    /// # Errors
    /// When the format cannot be read, or the bytes are not a whole file.
    ///
    /// ```
    /// use shapewright::weights::WeightsFile;
    /// let error = WeightsFile::from_bytes(&b"GGUF\x03\x00\x00\x00"[..]).unwrap_err();
    /// assert_eq!(error.to_string(), "this is a GGUF file: its tensors are quantised, and not read");
    /// ```
    pub fn from_bytes(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self, WeightsError> {
        Self::parse(bytes.into().into())
    }

    fn parse(bytes: FileBytes<'a>) -> Result<Self, WeightsError> {
        Ok(Self {
            content: Content::parse(bytes)?,
            #[cfg(feature = "std")]
            path: None,
            prefix: String::new(),
            convert: false,
            allow_unused: false,
        })
    }

    /// Sets the prefix of all names in the file, such as `"module."`. Tensors whose names do not
    /// begin with the prefix are ignored.
    ///
    /// ```
    /// use shapewright::{io::safetensors::SafeTensorsWriter, prelude::*, tensor, weights::WeightsFile};
    /// let bytes = SafeTensorsWriter::new().with("module.scale", &tensor![1.0f32, 2.0]).to_bytes()?;
    /// let file = WeightsFile::from_bytes(&bytes)?.prefix("module.");
    /// assert_eq!(file.tensor::<f32, shape![2]>("scale")?, [1.0, 2.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[doc(alias("pp"))]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    /// Converts floats in the file to the float type of the tensor that reads them, each to the
    /// nearest value. Most often a file of `f16`, `bf16` or `f64` is converted to `f32`.
    ///
    /// ```
    /// use shapewright::{io::safetensors::SafeTensorsWriter, prelude::*, tensor, weights::WeightsFile};
    /// let bytes = SafeTensorsWriter::new().with("scale", &tensor![0.1f64, 2.0]).to_bytes()?;
    /// let file = WeightsFile::from_bytes(&bytes)?;
    /// let error = file.tensor::<f32, shape![2]>("scale").unwrap_err();
    /// assert_eq!(error.to_string(), "`scale` is f64, expected f32: `.convert()` converts it");
    /// assert_eq!(file.convert().tensor::<f32, shape![2]>("scale")?, [0.1, 2.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[doc(alias("to_dtype", "float", "half"))]
    pub fn convert(self) -> Self {
        Self { convert: true, ..self }
    }

    /// Accepts tensors in the file that nothing reads, which are an error otherwise.
    #[must_use]
    #[doc(alias("strict"))]
    pub fn allow_unused(self) -> Self {
        Self { allow_unused: true, ..self }
    }

    /// Loads a value, whose tensors are copied to the heap. Run-time lengths are taken from the
    /// file.
    ///
    /// # Errors
    /// When tensors are missing or damaged, are of another shape or element type, or are in the
    /// file and nothing reads them. The error has all of these problems at once.
    pub fn load<W: Weights>(&self) -> Result<W, WeightsError>
    where
        W::Needs: MetBy<NoNumbers, W>,
    {
        self.loaded(|reader| reader.same())
    }

    /// Like [`load`](Self::load), for a layer that needs an `eps`, or for a tuple that has such a
    /// layer.
    ///
    /// # Errors
    /// Like [`load`](Self::load).
    ///
    /// ```
    /// use shapewright::{Dim, io::safetensors::SafeTensorsWriter, nn::BatchNorm, tensor, weights::WeightsFile};
    /// let ones = tensor![1.0f32, 1.0];
    /// let names = ["bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var"];
    /// let file = names.iter().fold(SafeTensorsWriter::new(), |file, name| file.with(*name, &ones)).to_bytes()?;
    /// let norm: BatchNorm<Dim<2>> = WeightsFile::from_bytes(&file)?.prefix("bn1.").load_with_eps(1e-5)?;
    /// assert_eq!((norm.mean(), norm.eps()), (&ones, 1e-5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load_with_eps<W: Weights>(&self, eps: f64) -> Result<W, WeightsError>
    where
        W::Needs: MetBy<Eps, W>,
    {
        self.loaded(|reader| reader.same_with(eps))
    }

    /// The tensor `name`, copied to the heap.
    ///
    /// # Errors
    /// When the tensor is missing, damaged, or of another shape or element type.
    pub fn tensor<T: WeightElement, S: Shape>(
        &self,
        name: &str,
    ) -> Result<Tensor<T, S>, WeightsError> {
        self.finished(false, |reader| reader.tensor(name))
    }

    /// The tensors of the file, in the order of the file.
    pub fn tensors(&self) -> impl Iterator<Item = TensorInfo<'_>> {
        self.content.tensors().iter().map(|tensor| match &tensor.what {
            Ok(what) => TensorInfo {
                name: &tensor.name,
                element: what.kind.map_or(&*what.words, |kind| kind.name()),
                shape: &what.shape,
                element_size: what.kind.map(|kind| kind.size()),
            },
            Err(problem) => {
                TensorInfo { name: &tensor.name, element: problem, shape: &[], element_size: None }
            }
        })
    }

    fn loaded<W>(
        &self,
        read: impl FnOnce(&mut Reader<'_>) -> Option<W>,
    ) -> Result<W, WeightsError> {
        self.finished(!self.allow_unused, read)
    }

    /// The result of `read`, or an error if there were problems. If `tell_unused` is true, a tensor
    /// of the file that `read` did not read is a problem too.
    fn finished<W>(
        &self,
        tell_unused: bool,
        read: impl FnOnce(&mut Reader<'_>) -> Option<W>,
    ) -> Result<W, WeightsError> {
        let mut log = Log::new(&self.content, &self.prefix, self.convert);
        let value = read(&mut Reader::new(&self.content, &mut log));
        let mut problems = remainder::problems(log, &self.content, tell_unused);
        match value {
            Some(value) if problems.is_empty() => return Ok(value),
            None if problems.is_empty() => problems.push(Problem::TensorData {
                name: self.prefix.clone(),
                problem: "it was not read, and what reads it does not say why".into(),
            }),
            _ => {}
        }
        Err(self.located(WeightsError::Problems(problems)))
    }

    /// `error` with the path of the file before it, if the file has a path.
    #[cold]
    fn located(&self, error: WeightsError) -> WeightsError {
        #[cfg(feature = "std")]
        if let Some(path) = &self.path {
            return WeightsError::Contents { path: path.clone(), error: Box::new(error) };
        }
        error
    }
}

#[cfg(feature = "std")]
impl WeightsFile<'static> {
    /// The file at `path`, all of which is read into memory.
    ///
    /// # Errors
    /// When the file cannot be read, and as for [`from_bytes`](Self::from_bytes). All these errors
    /// name the file, and so do the errors of [`load`](Self::load).
    ///
    /// ```
    /// use shapewright::weights::WeightsFile;
    /// let error = WeightsFile::read("no/such/model.safetensors").unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/model.safetensors: "));
    /// ```
    #[doc(alias("open", "load_file"))]
    pub fn read(path: impl AsRef<Path>) -> Result<Self, WeightsError> {
        let path = path.as_ref();
        Self::at(path, std::fs::read(path).map(FileBytes::Owned))
    }

    /// Maps the file at `path` into memory. Tensors that are loaded are copied from the mapped
    /// memory; the data of other tensors is not read.
    ///
    /// # Errors
    /// Like [`read`](Self::read).
    ///
    /// # Safety
    /// Nobody changes or truncates the file as long as the returned value lives. Mapped memory is
    /// the file itself, whichever program writes to it: bytes could change between a check and
    /// their use, and after the file is truncated, a read past its end is a signal that ends the
    /// program. Values that have been loaded are copies, which stay valid.
    #[cfg(feature = "mmap")]
    pub unsafe fn mmap(path: impl AsRef<Path>) -> Result<Self, WeightsError> {
        let path = path.as_ref();
        // SAFETY: the caller promises that nobody changes or truncates the file as long as the
        // returned value lives. That value owns the mapped bytes, so the contract of
        // `FileBytes::map` is kept.
        Self::at(path, unsafe { FileBytes::map(path) })
    }

    fn at(path: &Path, bytes: std::io::Result<FileBytes<'static>>) -> Result<Self, WeightsError> {
        let bytes = bytes.map_err(|error| WeightsError::Io { path: path.to_path_buf(), error })?;
        let file = Self::parse(bytes).map_err(|error| WeightsError::Contents {
            path: path.to_path_buf(),
            error: Box::new(error),
        })?;
        Ok(Self { path: Some(path.to_path_buf()), ..file })
    }
}

/// Prints the tensors by name, each with its element type and shape.
impl fmt::Debug for WeightsFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tensors = self.tensors().map(|tensor| {
            let TensorInfo { name, element, shape, .. } = tensor;
            (
                name,
                Said(move |f: &mut fmt::Formatter<'_>| {
                    write!(f, "{element} {}", Lengths::new(shape))
                }),
            )
        });
        f.write_str("WeightsFile ")?;
        f.debug_map().entries(tensors).finish()
    }
}
