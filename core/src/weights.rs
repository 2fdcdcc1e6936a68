//! Loading and saving the weights of a struct: `#[derive(Weights)]`.
//!
//! A struct of layers states which tensors a model has, by the names of its fields, and their
//! shapes, by their types. Loading compares these names and shapes with those in the file, and
//! reports at once everything that does not fit.
//!
//! # A checkpoint of PyTorch
//!
//! `torch.save` writes a pickle, which this crate does not read. Convert it once, in Python:
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
//! `cargo run --example inspect mlp.safetensors` prints the tensors of a file, and a struct that
//! fits it.
//!
//! # Files
//!
//! | format | feature | |
//! |---|---|---|
//! | `.safetensors` | `safetensors` | the whole file is read, or with the feature `mmap` mapped into memory |
//! | `.npz` | `npz` | from `numpy.savez` and `savez_compressed`; either byte order, row-major or Fortran order |
//!
//! When a file is read, its format is recognised by its first bytes, whatever its name is. When a
//! file is saved, its format is the one that its name ends with. [`WeightsFile`] is a file with
//! options: a prefix of all names, such as the `module.` of a model that was trained in parallel;
//! elements that are converted; tensors in the file that nothing reads.
//!
//! # Names
//!
//! | field | names in the file |
//! |---|---|
//! | `fc1: Linear<..>` | `fc1.weight` `(out, in)`, `fc1.bias` `(out,)` unless it is `NoBias` |
//! | `conv: Conv2d<..>`, `Conv1d<..>` | `conv.weight` `(out, in / groups, k, k)`, `conv.bias` `(out,)` |
//! | `norm: BatchNorm<..>` | `norm.weight`, `norm.bias`, `norm.running_mean`, `norm.running_var`, each `(c,)` |
//! | `norm: LayerNorm<..>`, `RmsNorm<..>` | `norm.weight` `(n,)`, and for `LayerNorm` `norm.bias` `(n,)` |
//! | `scale: Tensor<f32, shape![10]>` | `scale` `(10,)` |
//! | `blocks: [Block; 4]` | the names of the fields of `Block`, after `blocks.0.` to `blocks.3.` |
//! | `mlp: (Linear<..>, Relu, Linear<..>)`, `Sequential<(..)>` | `mlp.0.weight`, .. `mlp.2.bias` |
//! | `downsample: Option<Conv2d<..>>` | the names of the layer, or none if the field is `None` |
//! | `act: Relu`, pools and other layers without parameters | none |
//! | the fields of `struct Net(Linear<..>, Linear<..>)` | `0.weight`, .. `1.bias` |
//!
//! A length of 1 in a file may be `Dim<1>` or `One` in the type. A run-time length in the type fits
//! any length in the file. Layers with elements of type `f16`, `bf16` or `f64` read tensors of
//! their type. `num_batches_tracked`, a count that PyTorch keeps, is ignored. A struct may be
//! generic in lengths, elements, storages and layers, and needs no bounds for loading. Tensors that
//! are loaded have the storage [`Heap`](crate::Heap).
//!
//! # Attributes
//!
//! Above a field:
//!
//! - `#[weights(eps = 1e-5)]`: the number that the norms in the field need, which no file has; any
//!   constant of type `f64`. The number is passed to all layers of a tuple, an array, or a
//!   sequence. A missing number is a compile error.
//! - `#[weights(rename = "features.0")]`: the name of the field in the file, or several names
//!   joined by dots.
//! - `#[weights(skip)]`: the field is not in the file, and is `Default::default()`; with
//!   `#[weights(skip = 0)]` the field is 0.
//!
//! A layer of your own that has a number which is in no file, such as the slope of a leaky ReLU,
//! derives `Weights` with this attribute above the number. Then it can be part of a sequence, a
//! tuple or an array that is loaded:
//!
//! ```
//! use shapewright::{Dim, Shape, Tensor, Weights, nn::{Layer, Linear, Sequential}};
//! #[derive(Weights)]
//! struct Leaky {
//!     #[weights(skip = 0.1)]
//!     slope: f32,
//! }
//! impl<S: Shape> Layer<S> for Leaky {
//!     type Output = S;
//!     fn forward(&self, mut x: Tensor<f32, S>) -> Tensor<f32, S> {
//!         x.map_in_place(|x| if x > 0.0 { x } else { self.slope * x });
//!         x
//!     }
//! }
//! type Net = Sequential<(Linear<Dim<2>, Dim<3>>, Leaky, Linear<Dim<3>, Dim<1>>)>;
//! # use shapewright::{tensor, weights::WeightsFile};
//! # let net: Net = Sequential((
//! #     Linear::new(tensor![[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], tensor![0.0, 0.0, 0.0]),
//! #     Leaky { slope: 0.5 },
//! #     Linear::new(tensor![[1.0, 1.0, 1.0]].rename(), tensor![0.0].rename()),
//! # ));
//! # let bytes = net.to_safetensors()?;
//! # let file = WeightsFile::from_bytes(&bytes)?;
//! let net: Net = file.load()?; // 0.weight, 0.bias, 2.weight, 2.bias
//! assert_eq!(net.0.1.slope, 0.1);
//! # Ok::<(), shapewright::weights::WeightsError>(())
//! ```
//!
//! For a layer of another crate the field has the value, `#[weights(skip = Leaky::new(0.1))]`.
//!
//! Above the struct:
//!
//! - `#[weights(crate = my_name)]`: the crate has another name in `Cargo.toml`.
//! - `#[weights(load_only)]`: the struct gets no function `included`, because the type of a field
//!   cannot be in the binary.
//!
//! A struct whose storage is a parameter, `struct Net<B: Storage = Heap>`, is loaded as `Net`, and
//! is in the binary as `Net<Flash>`: see [`Included`](crate::io::Included).
//!
//! There is no default for `eps`, because the default differs between frameworks:
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
//! A [`WeightsError`] has all [`Problem`]s at once, after the name of the file:
//!
//! | what is wrong | message |
//! |---|---|
//! | another shape | `` `fc1.weight` is (128, 780), expected (128, 784): axis -1 must be 784, not 780 `` |
//! | Keras and JAX store `(in, out)` | `` `fc1.weight` is (784, 128), expected (128, 784): its axes are the other way round `` |
//! | another element type | `` `fc1.weight` is f16, expected f32: `.convert()` converts it `` |
//! | a name that is missing | `` `fc2.bias` is missing, the nearest that nothing reads is `fc2_bias` `` |
//! | a tensor that nothing reads | `` `extra.weight` (10, 3) is in the file, and nothing reads it `` |
//! | a prefix of all names | `` all names have `module.` before them in the file, which `load_prefixed` takes off `` |
//! | a prefix that the file does not have | `` no name has `module.` before it in the file: all are there without it `` |
//! | data that is damaged | `` `fc1.weight`: it is damaged: its checksum is another one `` |
//!
//! No content of a file makes loading panic. The memory that loading takes is bounded. For a file
//! that is not compressed the bound is the size of the file; for a compressed one it follows from
//! the types of the tensors and from the size of the compressed data.

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

/// A value that has weights: a struct that [derives this trait](self), a layer, a tensor, or a
/// tuple or an array of these.
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
/// A layer of your own implements `Weights` by hand if its tensors are not its fields: [`Reader`]
/// has an example.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no weights: derive `Weights` for it, or write `#[weights(skip)]` above the field",
    label = "has no weights",
    note = "a field that is skipped is `Default::default()`; tensors and layers in storage `Heap` have weights, and so have tuples, sequences and arrays if each part has; a layer of your own derives `Weights` even without parameters"
)]
pub trait Weights: Sized {
    /// What the value needs besides the file: [`Nothing`], or the [`Epsilon`] of a layer.
    type Needs: Needs;

    /// Reads the value; `None` if a part of the value cannot be read.
    fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self>;

    /// Writes all tensors of the value.
    fn write<'a>(&'a self, writer: &mut Writer<'a>);

    /// The value whose weights are in the file at `path`.
    ///
    /// # Errors
    /// Like [`WeightsFile::read`] and [`WeightsFile::load`].
    #[cfg(feature = "std")]
    fn load(path: impl AsRef<Path>) -> Result<Self, WeightsError>
    where
        Self::Needs: MetBy<NoNumbers, Self>,
    {
        WeightsFile::read(path)?.load()
    }

    /// Like [`load`](Self::load), for a file in which all names begin with `prefix`.
    ///
    /// # Errors
    /// Like [`load`](Self::load).
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
    /// When the name of the file does not end with the extension of a format, or the file cannot be
    /// written. Part of the file may have been written then.
    #[cfg(feature = "std")]
    fn save(&self, path: impl AsRef<Path>) -> Result<(), WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.save(path.as_ref())
    }

    /// The bytes of a `.safetensors` file of the weights.
    ///
    /// # Errors
    /// When two tensors have the same name.
    #[cfg(feature = "safetensors")]
    fn to_safetensors(&self) -> Result<Vec<u8>, WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.to_safetensors()
    }

    /// The bytes of a `.npz` archive of the weights.
    ///
    /// # Errors
    /// When two tensors have the same name, or a tensor is of type `bf16`, which NumPy does not
    /// have.
    #[cfg(feature = "npz")]
    fn to_npz(&self) -> Result<Vec<u8>, WeightsError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.to_npz()
    }
}
