//! Files that are part of the program: read when the crate is compiled, and stored in the binary.
//!
//! A file of the wrong shape is not an error when the program starts: it fails the build, and
//! `cargo check`, at the line that includes it:
//!
//! ```compile_fail
//! use shapewright::{Flash, Tensor, include_npy, prelude::*};
//! // Saved by `numpy.save("stats.npy", x.mean(axis=1))`: the mean of each row, not of each column.
//! static MEAN: Tensor<f32, shape![4], Flash> = include_npy!("../../docs/files/stats.npy");
//! // error: ../../docs/files/stats.npy is f32 (8,), and the type here says f32 (Dim<4>,)
//! ```
//! ```
//! # use shapewright::{Flash, Tensor, include_npy, prelude::*};
//! static MEAN: Tensor<f32, shape![4], Flash> = include_npy!("../../docs/files/mean.npy");
//! # assert_eq!(MEAN.sum(), 8.0);
//! ```
//!
//! [`include_npy!`](crate::include_npy!) makes a view of a `.npy` file.
//! [`include_safetensors!`](crate::include_safetensors!) makes an [`Included`] of a `.safetensors`
//! file, whose tensors are views. A view in the binary is a tensor whose storage is
//! [`Flash`](crate::Flash), and an operand like any other. A model is a constant whose fields are
//! such views:
//!
//! ```
//! use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
//!
//! struct Convolution {
//!     weight: Tensor<f32, shape![2, 1, 3], Flash>,
//!     bias: Tensor<f32, shape![2], Flash>,
//! }
//! impl Convolution {
//!     const fn included(file: Included) -> Self {
//!         Self { weight: file.view("weight"), bias: file.view("bias") }
//!     }
//! }
//!
//! struct Model {
//!     first: Convolution,
//!     head: Tensor<f32, shape![3, 2], Flash>,
//! }
//! impl Model {
//!     const fn included(file: Included) -> Self {
//!         Self { first: Convolution::included(file.at("features.0")), head: file.view("head.weight") }
//!     }
//! }
//!
//! static MODEL: Model = Model::included(include_safetensors!("../../docs/files/model.safetensors"));
//! assert_eq!(MODEL.first.weight.sum() + MODEL.first.bias.sum() + MODEL.head.sum(), 18.75);
//! ```
//!
//! `#[derive(Weights)]` writes the functions `included` for structs of layers that are generic in
//! their storage, or whose fields all have the storage `Flash`. Each layer of [`nn`](crate::nn) has
//! a function `included`:
//!
//! ```
//! use shapewright::{Dim, Flash, Heap, Storage, Tensor, Weights, include_safetensors, nn::{Conv1d, WithBias}, prelude::*};
//! #[derive(Weights)]
//! struct Model<B: Storage = Heap> {
//!     #[weights(rename = "features.0")]
//!     first: Conv1d<Dim<1>, Dim<2>, 3, 1, 0, 1, 1, WithBias, f32, B>,
//!     #[weights(rename = "head.weight")]
//!     head: Tensor<f32, shape![3, 2], B>,
//! }
//! static MODEL: Model<Flash> = Model::included(include_safetensors!("../../docs/files/model.safetensors"));
//! assert_eq!(MODEL.first.weight().sum() + MODEL.head.sum(), 18.75);
//! ```
//!
//! With the feature of a file format, `safetensors` or `npz`, `Model::load` reads a `Model` from a
//! file onto the heap when the program runs. `shapewright::weights` describes the attributes and
//! the names of fields. For a struct in the binary, the following rules differ from those for
//! `load`:
//!
//! - Lengths are known at compile time, and the length of an array of layers is a literal number.
//! - A field that is skipped has its value in the attribute: `#[weights(skip = 0)]`.
//! - A part whose type is the user's own needs a `const fn included(file: Included) -> Self`.
//! - A struct needs the attribute `#[weights(load_only)]` if one of its parts has no such function,
//!   or if the struct is generic in a layer.
//!
//! Nothing is read, compared or copied when the program starts. The elements are in the binary,
//! which is in flash on a microcontroller, and the model is a few addresses.

// How the macros work: a procedural macro cannot use this crate, so the crate `shapewright-macros`
// has its own readers of files. An `include_..!` expands to a table of the tensors and a static of
// their bytes.
//
// - `data.rs` has the bytes, and the only function that makes a view of them.
// - `table.rs` finds a tensor in the table by the hash of its name; `prefix.rs` joins names.
// - `stated.rs` compares the type that the user states with that of a `.npy` file.
// - `said.rs` has the messages of errors.

mod data;
mod prefix;
mod said;
mod stated;
mod table;

#[doc(hidden)]
pub use data::{Aligned, data_of};
#[doc(hidden)]
pub use stated::{Stated, included};
#[doc(hidden)]
pub use table::{IncludedTensor, Place};

use core::fmt;

use self::prefix::Prefix;
use self::table::PrefixedName;
use crate::element::Element;
use crate::error::Said;
use crate::lengths::Lengths;
use crate::shape::{Shape, StaticShape};
use crate::tensor::TensorView;

/// A `.safetensors` file in the binary, as [`include_safetensors!`](crate::include_safetensors!)
/// makes it.
///
/// ```
/// use shapewright::{TensorView, include_safetensors, io::Included, prelude::*};
/// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
/// static BIAS: TensorView<'static, f32, shape![2]> = FILE.view("features.0.bias");
/// assert_eq!(BIAS, [0.5, -0.5]);
/// ```
#[derive(Clone, Copy)]
pub struct Included {
    /// The name of the file in messages.
    file: &'static str,
    /// The tensors, in the order of their data.
    tensors: &'static [IncludedTensor],
    places: &'static [Place],
    data: &'static Aligned<[u8]>,
    /// The prefix of each name that is looked up.
    prefix: Prefix,
}

impl Included {
    /// The constructor that the macro's expansion calls.
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        file: &'static str,
        tensors: &'static [IncludedTensor],
        places: &'static [Place],
        data: &'static Aligned<[u8]>,
    ) -> Self {
        Self { file, tensors, places, data, prefix: Prefix::EMPTY }
    }

    /// The tensor `name`, as a view of its elements in the binary. In a `static`, a `const` or a
    /// `const { .. }` a mistake is an error when the crate is compiled, and, outside generic code,
    /// an error of `cargo check` too. Elsewhere it is a panic.
    ///
    /// The shape may use names for the lengths, and [`One`](crate::One) for a length of 1.
    ///
    /// # Panics
    /// When there is no tensor of this name, its element type is not `T`, or its shape is not `S`.
    ///
    /// ```
    /// use shapewright::{Flash, Tensor, dim, include_safetensors, io::Included, prelude::*};
    /// dim!(Channels = 2);
    /// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// static WEIGHT: Tensor<f32, shape![Channels, 1, 3], Flash> = FILE.view("features.0.weight");
    /// assert_eq!(WEIGHT[[1, 0, 2]], 1.25);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
    /// # const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// static WEIGHT: Tensor<f32, shape![2, 3], Flash> = FILE.view("features.0.weigth");
    /// // no tensor `features.0.weigth`; the nearest of 3 names: `features.0.weight`, `features.0.bias`, `head.weight`
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn view<T: Element, S: StaticShape>(&self, name: &str) -> TensorView<'static, T, S> {
        self.part(name)
    }

    /// Like [`view`](Self::view), for a generic shape, whose lengths the caller does not know.
    #[track_caller]
    pub(crate) const fn part<T: Element, S: Shape>(&self, name: &str) -> TensorView<'static, T, S> {
        let Some(tensor) = self.find(name) else { said::missing(self, self.name(name)) };
        if tensor.is::<T, S>()
            && let Some(view) = self.data.view(tensor.start, tensor.end)
        {
            return view;
        }
        said::unlike::<T, S>(self, tensor)
    }

    /// The tensor `name` below `prefix`: `file.view_at("features.0", "weight")` is the same as
    /// `file.view("features.0.weight")` and as `file.at("features.0").view("weight")`.
    ///
    /// # Panics
    /// Like [`view`](Self::view) and [`at`](Self::at).
    ///
    /// ```
    /// use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
    /// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// static BIAS: Tensor<f32, shape![2], Flash> = FILE.view_at("features.0", "bias");
    /// assert_eq!(BIAS.sum(), 0.0);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn view_at<T: Element, S: StaticShape>(
        &self,
        prefix: &str,
        name: &str,
    ) -> TensorView<'static, T, S> {
        self.at(prefix).view(name)
    }

    /// The same file, but `prefix` and a dot are put before each name that is looked up. A part of
    /// a model takes its weights from the result.
    ///
    /// # Panics
    /// When the prefix of the result, which is that of this value, a dot and `prefix`, is longer
    /// than 128 bytes.
    ///
    /// ```
    /// use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
    /// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// const FIRST: Included = FILE.at("features").at("0");
    /// static BIAS: Tensor<f32, shape![2], Flash> = FIRST.view("bias");
    /// assert!(FIRST.contains("weight"));
    /// # assert_eq!(BIAS.sum(), 0.0);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn at(&self, prefix: &str) -> Self {
        match self.prefix.at(prefix) {
            Some(prefix) => Self { prefix, ..*self },
            None => said::too_long(self, self.name(prefix)),
        }
    }

    /// Whether there is a tensor `name`, for example the bias of a layer that may have none.
    ///
    /// ```
    /// use shapewright::{include_safetensors, io::Included};
    /// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// assert!(FILE.contains("head.weight") && !FILE.at("head").contains("bias"));
    /// ```
    #[must_use]
    pub const fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The tensor whose name is the prefix that [`at`](Self::at) has set.
    #[track_caller]
    pub(crate) const fn this<T: Element, S: Shape>(&self) -> TensorView<'static, T, S> {
        Self { prefix: Prefix::EMPTY, ..*self }.part(self.prefix.as_str())
    }

    /// Whether there is a tensor whose name is the prefix that [`at`](Self::at) has set, or begins
    /// with that prefix and a dot.
    #[doc(hidden)]
    #[must_use]
    pub const fn __is_there(&self) -> bool {
        table::is_at_or_below(self.tensors, self.prefix.as_str())
    }

    /// Panics with `problem`, the reason why a part of a model cannot be read from the file.
    #[doc(hidden)]
    #[track_caller]
    pub const fn __refused(&self, problem: &str) -> ! {
        said::refused(self, problem)
    }

    /// The names of all tensors of the file, in the order of their data, whatever the prefix that
    /// [`at`](Self::at) has set.
    ///
    /// ```
    /// use shapewright::{include_safetensors, io::Included};
    /// const FILE: Included = include_safetensors!("../../docs/files/model.safetensors");
    /// assert!(FILE.names().eq(["features.0.weight", "features.0.bias", "head.weight"]));
    /// ```
    #[doc(alias = "keys")]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &'static str> + use<> {
        self.tensors.iter().map(|tensor| tensor.name)
    }

    const fn find(&self, name: &str) -> Option<&'static IncludedTensor> {
        let hash = table::hashed(self.prefix.hash, name);
        table::find(self.tensors, self.places, self.name(name), hash)
    }

    const fn name<'a>(&'a self, rest: &'a str) -> PrefixedName<'a> {
        PrefixedName { prefix: self.prefix.as_str(), rest }
    }
}

/// Prints the tensors by name, each with its element type and shape.
impl fmt::Debug for Included {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tensors = self.tensors.iter().map(|tensor| {
            let (dtype, shape) = (tensor.dtype, Lengths::new(tensor.shape));
            (tensor.name, Said(move |f: &mut fmt::Formatter<'_>| write!(f, "{dtype} {shape}")))
        });
        write!(f, "Included {:?} ", self.file)?;
        f.debug_map().entries(tensors).finish()
    }
}

#[cfg(test)]
mod tests;
