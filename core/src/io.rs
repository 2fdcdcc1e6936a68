//! Reading and writing files. Nothing in a file makes a reader panic: a file that does not fit is an error that says what was
//! expected and what was found. Files that are part of the program, [`included`], are read when the crate compiles.

pub mod included;
#[cfg(feature = "npy")]
pub mod npy;
#[cfg(feature = "safetensors")]
pub mod safetensors;

pub use included::Included;
