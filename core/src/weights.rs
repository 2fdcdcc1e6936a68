//! The weights of a struct, from a file and to one: `#[derive(Weights)]`.
//!
//! A struct of layers says which tensors a model has, by the names of its fields, and which shapes,
//! by their types. So a file fits it or does not, and that is told at once, with all that is wrong.
//!
//! # A checkpoint of PyTorch
//!
//! `torch.save` writes a pickle, which is not read. In Python, once:
//!
//! ```text
//! from safetensors.torch import save_file
//! save_file(net.state_dict(), "mlp.safetensors")
//! ```
//!
//! and in Rust:
//!
//! ```no_run
//! use shapewright::{Dim, Weights, nn::{BatchNorm, Linear}};
//! #[derive(Weights)]
//! struct Net {
//!     fc1: Linear<Dim<784>, Dim<128>>, // fc1.weight (128, 784), fc1.bias (128,)
//!     #[weights(eps = 1e-5)]
//!     norm: BatchNorm<Dim<128>>,
//!     fc2: Linear<Dim<128>, Dim<10>>,
//! }
//! let net = Net::load("mlp.safetensors")?;
//! net.save("copy.safetensors")?;
//! # Ok::<(), shapewright::weights::WeightsError>(())
//! ```
//! `cargo run --example inspect mlp.safetensors` prints the tensors of a file, and such a struct.
//!
//! # Files
//!
//! | format | feature | |
//! |---|---|---|
//! | `.safetensors` | `safetensors` | read as a whole, or mapped into memory with the feature `mmap` |
//! | `.npz` | `npz` | of `numpy.savez` and `savez_compressed`; either order of bytes, row-major or Fortran's |
//!
//! The format of a file is the one that its first bytes are of, whatever its name; what is saved is
//! of the format that the name ends with. [`WeightsFile`] is a file that is to be read in another
//! way: with letters before all names, as `module.` of a model that was trained in parallel, with
//! elements converted, or with tensors left over.
//!
//! # Names
//!
//! | field | names in the file |
//! |---|---|
//! | `fc1: Linear<..>` | `fc1.weight` `(out, in)`, `fc1.bias` `(out,)` unless it is `NoBias` |
//! | `conv: Conv2d<..>`, `Conv1d<..>` | `conv.weight` `(out, in / groups, k, k)`, `conv.bias` `(out,)` |
//! | `norm: BatchNorm<..>` | `norm.weight`, `norm.bias`, `norm.running_mean`, `norm.running_var`, each `(c,)` |
//! | `norm: LayerNorm<..>`, `RmsNorm<..>` | `norm.weight` `(n,)`, and of the former `norm.bias` `(n,)` |
//! | `scale: Tensor<f32, shape![10]>` | `scale` `(10,)` |
//! | `blocks: [Block; 4]` | `blocks.0.` to `blocks.3.`, and in each the fields of `Block` |
//! | `mlp: (Linear<..>, Relu, Linear<..>)`, `Sequential<(..)>` | `mlp.0.weight`, .. `mlp.2.bias` |
//! | `downsample: Option<Conv2d<..>>` | as of the layer, or none of them |
//! | `act: Relu`, pools and whatever has no parameters | none |
//! | of `struct Net(Linear<..>, Linear<..>)` | `0.weight`, .. `1.bias` |
//!
//! A length of 1 in a file is `Dim<1>` or `One`, as the type says, and a length of run time any.
//! Layers that hold halves or `f64` read those. `num_batches_tracked`, which PyTorch counts, is
//! ignored. A struct may be generic, in lengths, elements, storages and layers, and needs no bounds
//! for this; what is loaded is in storage [`Heap`](crate::Heap).
//!
//! # Attributes
//!
//! | above a field | |
//! |---|---|
//! | `#[weights(eps = 1e-5)]` | the number that the norms of the field need, which no file has; any constant of type `f64`. It reaches all layers of a tuple, an array, or a sequence. One that is missing does not compile |
//! | `#[weights(rename = "features.0")]` | the field has this name in the file, or these with dots between |
//! | `#[weights(skip)]` | the field is `Default::default()`, and none of the file; of `#[weights(skip = 0)]` it is that value |
//!
//! | above the struct | |
//! |---|---|
//! | `#[weights(crate = my_name)]` | the crate is called otherwise in `Cargo.toml` |
//! | `#[weights(load_only)]` | there is no `included`, as a part of the struct cannot be in the binary |
//!
//! A struct whose storage is a parameter, `struct Net<B: Storage = Heap>`, is loaded as `Net`, and
//! is in the binary as `Net<Flash>`: [`Included`](crate::io::Included) says how.
//!
//! There is no `eps` by default, as frameworks differ:
//!
//! ```compile_fail
//! use shapewright::{Dim, Weights, nn::BatchNorm};
//! #[derive(Weights)]
//! struct Net {
//!     norm: BatchNorm<Dim<128>>,
//! }
//! // error: `BatchNorm<Dim<128>>` needs a number that no file has: write `#[weights(eps = 1e-5)]` above the field
//! ```
//!
//! # Problems
//!
//! A [`WeightsError`] has all [`Problem`]s at once, and the file's name before them:
//!
//! | what is wrong | what is said |
//! |---|---|
//! | another shape | `` `fc1.weight` is (128, 780), expected (128, 784): axis -1 must be 784, not 780 `` |
//! | Keras and JAX keep `(in, out)` | `` `fc1.weight` is (784, 128), expected (128, 784): its axes are the other way round `` |
//! | another element type | `` `fc1.weight` is f16, expected f32: `.convert()` converts it `` |
//! | a name that is not there | `` `fc2.bias` is missing, the nearest that nothing reads is `fc2_bias` `` |
//! | a tensor that is left over | `` `extra.weight` (10, 3) is in the file, and nothing reads it `` |
//! | letters before all names | `` all names have `module.` before them in the file, which `load_prefixed` takes off `` |
//! | letters that are not there | `` no name has `module.` before it in the file: all are there without it `` |
//! | data that is damaged | `` `fc1.weight`: it is damaged: its checksum is another one `` |
//!
//! No content of a file makes loading panic. What is taken of memory is what the tensors that are
//! loaded take by the file's size, or, where it is compressed, by their types and what there is to
//! inflate.

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
pub use field::{field, read_below, skipped, write_below};
pub use file::{TensorInfo, WeightsFile};
pub use needs::{Eps, EpsIfTaken, Epsilon, MetBy, Needs, NoNumbers, Nothing, Numbers};
pub use problem::Problem;
pub use reader::Reader;
pub use shapewright_macros::Weights;
pub use writer::Writer;

use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::path::Path;

/// What has weights: a struct that [derives it](self), a layer, a tensor, or a tuple or an array of
/// these.
///
/// ```
/// use shapewright::{Dim, Weights, nn::{Linear, Relu}, prelude::*, tensor, weights::WeightsFile};
/// #[derive(Weights)]
/// struct Net {
///     mlp: (Linear<Dim<2>, Dim<2>>, Relu, Linear<Dim<2>, Dim<1>>),
///     scale: shapewright::Tensor<f32, shape![2]>,
/// }
/// let net = Net {
///     mlp: (
///         Linear::new(tensor![[1.0, 0.0], [0.0, 1.0]], tensor![0.5, 0.5]),
///         Relu,
///         Linear::new(tensor![[1.0, -1.0]].rename(), tensor![0.0].rename()),
///     ),
///     scale: tensor![2.0, 4.0],
/// };
/// let bytes = net.to_safetensors()?;
/// let file = WeightsFile::from_bytes(&bytes)?;
/// let names: Vec<_> = file.tensors().map(|tensor| tensor.name).collect();
/// assert_eq!(names, ["mlp.0.bias", "mlp.0.weight", "mlp.2.bias", "mlp.2.weight", "scale"]);
/// assert_eq!(file.load::<Net>()?.scale, [2.0, 4.0]);
/// # Ok::<(), shapewright::weights::WeightsError>(())
/// ```
///
/// A layer of one's own implements it by hand, where its tensors are not its fields:
/// [`Reader`] has an example.
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

    /// The bytes of a `.npz` archive of the weights.
    ///
    /// # Errors
    /// When two tensors have one name, or one is of `bf16`, which NumPy has not.
    #[cfg(feature = "npz")]
    fn to_npz(&self) -> Result<Vec<u8>, WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.to_npz()
    }
}
