//! Other libraries' types as tensors and tensors as theirs, and tensors under their traits. On top of
//! everything, and nothing below knows it; each library is a feature of its name.

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
