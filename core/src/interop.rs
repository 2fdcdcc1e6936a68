//! Other libraries' types as tensors, and tensors as theirs. On top of everything, and nothing below
//! knows it; each library is a feature of its name.

#[cfg(feature = "nalgebra")]
mod nalgebra;
#[cfg(feature = "ndarray")]
mod ndarray;
#[cfg(any(feature = "ndarray", feature = "nalgebra"))]
mod strided;
