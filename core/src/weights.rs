//! The weights of a struct, from a file and to one.

mod content;
mod element;
mod error;
mod field;
mod file;
mod given;
mod layers;
mod log;
mod needs;
mod problem;
mod reader;
mod remainder;
mod writer;

pub use element::WeightElement;
pub use error::WeightsError;
#[doc(hidden)]
pub use field::{field, read_below, write_below};
pub use file::{TensorInfo, WeightsFile};
pub use needs::{Eps, EpsIfTaken, Epsilon, MetBy, Needs, NoNumbers, Nothing, Numbers};
pub use problem::Problem;
pub use reader::Reader;
pub use shapewright_macros::Weights;
pub use writer::Writer;

#[cfg(feature = "safetensors")]
use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::path::Path;

/// What has weights.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no weights: derive `Weights` for it, or write `#[weights(skip)]` above the field",
    label = "has no weights",
    note = "a field that is skipped is `Default::default()`; tensors and layers in storage `Heap` have weights, and tuples and arrays of what has"
)]
pub trait Weights: Sized {
    /// What it needs beside the file: [`Nothing`], or an [`Epsilon`] of itself.
    type Needs: Needs;

    /// The value, if all of it can be read.
    fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self>;

    /// Writes all of it.
    fn write<'a>(&'a self, writer: &mut Writer<'a>);

    /// The value whose weights are in the file at `path`.
    ///
    /// # Errors
    /// As [`WeightsFile::read`] and [`WeightsFile::load`].
    #[cfg(feature = "std")]
    fn load(path: impl AsRef<Path>) -> Result<Self, WeightsError>
    where
        Self::Needs: MetBy<NoNumbers, Self>,
    {
        WeightsFile::read(path)?.load()
    }

    /// As [`load`](Self::load), where all names in the file begin with `prefix`.
    ///
    /// # Errors
    /// As there.
    #[cfg(feature = "std")]
    fn load_prefixed(prefix: &str, path: impl AsRef<Path>) -> Result<Self, WeightsError>
    where
        Self::Needs: MetBy<NoNumbers, Self>,
    {
        WeightsFile::read(path)?.prefix(prefix).load()
    }

    /// Writes the weights to the file at `path`, which is replaced.
    ///
    /// # Errors
    /// When the name says no format, or the file cannot be written; then part of it may have been.
    #[cfg(feature = "std")]
    fn save(&self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.save(path.as_ref())
    }

    /// The bytes of a `.safetensors` file of the weights.
    ///
    /// # Errors
    /// When two tensors have one name.
    #[cfg(feature = "safetensors")]
    fn to_safetensors(&self) -> Result<Vec<u8>, WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.to_safetensors()
    }
}
