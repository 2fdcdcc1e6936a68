//! Conversions between tensors and the types of other libraries, and impls of the traits of other
//! libraries for tensors. Each library has a file, and a feature of the same name. No other module
//! uses these files, but the crate exports `Random` from `rand.rs`.

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
