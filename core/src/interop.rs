//! Conversions between tensors and the types of other libraries, and tensors under the traits of
//! other libraries: one library per file, each a feature of its name. No other module depends on
//! these.

#[cfg(feature = "bytemuck")]
mod bytemuck;
#[cfg(feature = "defmt")]
mod defmt;
#[cfg(feature = "nalgebra")]
mod nalgebra;
#[cfg(feature = "ndarray")]
mod ndarray;
#[cfg(feature = "rand")]
pub(crate) mod rand;
#[cfg(feature = "serde")]
mod serde;
#[cfg(any(feature = "ndarray", feature = "nalgebra"))]
mod strided;
