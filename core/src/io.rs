//! Reading and writing files. No content of a file makes a reader panic: for a file that does not
//! fit, the reader returns an error that says what was expected and what was found. Files that are
//! part of the program (see [`included`]) are read when the crate is compiled.

#[cfg(any(feature = "npz", feature = "safetensors"))]
pub(crate) mod bytes;
pub mod included;
#[cfg(any(feature = "npz", feature = "safetensors"))]
pub(crate) mod nearest;
#[cfg(feature = "npy")]
pub mod npy;
#[cfg(feature = "npz")]
pub mod npz;
#[cfg(any(feature = "npz", feature = "safetensors"))]
pub(crate) mod quoted;
#[cfg(feature = "safetensors")]
pub mod safetensors;

pub use included::Included;
