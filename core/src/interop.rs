//! Tensors under the traits of other crates, one crate a file, each by a feature of its name.

#[cfg(feature = "serde")]
mod serde;
