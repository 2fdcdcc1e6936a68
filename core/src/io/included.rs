//! Files that are part of the program: read when the crate compiles, and the weights of firmware.

mod data;
mod prefix;
mod said;
mod stated;
mod table;

pub use data::{Aligned, data_of};
pub use stated::{Stated, included};
pub use table::IncludedTensor;

use core::fmt;

use self::prefix::Prefix;
use self::table::Name;
use crate::element::Element;
use crate::error::Said;
use crate::lengths::Lengths;
use crate::shape::StaticShape;
use crate::tensor::TensorView;

/// A `.safetensors` file in the binary: what [`include_safetensors!`](crate::include_safetensors!) makes.
#[derive(Clone, Copy)]
pub struct Included {
    /// What messages call the file.
    file: &'static str,
    /// In the order of their names.
    tensors: &'static [IncludedTensor],
    data: &'static Aligned<[u8]>,
    /// What stands before each name that is asked for.
    prefix: Prefix,
}

impl Included {
    /// What the macro expands to.
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        file: &'static str,
        tensors: &'static [IncludedTensor],
        data: &'static Aligned<[u8]>,
    ) -> Self {
        Self { file, tensors, data, prefix: Prefix::EMPTY }
    }

    /// The tensor `name`, where it lies in the binary. In a `static`, a `const` or a `const { .. }`
    /// a mistake is an error of `cargo check`.
    ///
    /// # Panics
    /// When there is none of this name, its element type is not `T`, or its shape is not `S`.
    #[must_use]
    #[track_caller]
    pub const fn view<T: Element, S: StaticShape>(&self, name: &str) -> TensorView<'static, T, S> {
        let name = self.name(name);
        let Some(tensor) = table::find(self.tensors, name) else { said::missing(self, name) };
        if tensor.is::<T, S>()
            && let Some(view) = self.data.view(tensor.start, tensor.end)
        {
            return view;
        }
        said::unlike::<T, S>(self, tensor)
    }

    /// The tensor `name` below `prefix`: `file.view_at("features.0", "weight")` is
    /// `file.view("features.0.weight")`.
    ///
    /// # Panics
    /// As [`view`](Self::view).
    #[must_use]
    #[track_caller]
    pub const fn view_at<T: Element, S: StaticShape>(
        &self,
        prefix: &str,
        name: &str,
    ) -> TensorView<'static, T, S> {
        self.at(prefix).view(name)
    }

    /// The same file, of which names are asked for below `prefix`: what a part of a model takes its
    /// weights from.
    ///
    /// # Panics
    /// When the prefix, with those before it, is longer than 128 bytes.
    #[must_use]
    #[track_caller]
    pub const fn at(&self, prefix: &str) -> Self {
        match self.prefix.at(prefix) {
            Some(prefix) => Self { prefix, ..*self },
            None => said::too_long(self, self.name(prefix)),
        }
    }

    /// Whether there is a tensor `name`.
    #[must_use]
    pub const fn contains(&self, name: &str) -> bool {
        table::find(self.tensors, self.name(name)).is_some()
    }

    /// The names of all tensors of the file, in the order of their bytes, whatever the prefix.
    #[doc(alias = "keys")]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &'static str> + use<> {
        self.tensors.iter().map(|tensor| tensor.name)
    }

    const fn name<'a>(&'a self, rest: &'a str) -> Name<'a> {
        Name { prefix: self.prefix.as_str(), rest }
    }
}

/// The tensors by name, each with its element type and shape.
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
