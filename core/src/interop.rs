//! Tensors under the traits of other crates, one crate a file, each by a feature of its name.

#[cfg(feature = "bytemuck")]
mod bytemuck;
#[cfg(feature = "rand")]
pub(crate) mod rand;
#[cfg(feature = "serde")]
mod serde;
