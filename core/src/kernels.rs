//! Evaluation: the loops that expressions inline into.
//!
//! [`walk`] visits the lanes of a shape, and [`split`] makes tasks of a large one; [`elementwise`]
//! writes or updates one lane at a time, and what no cache holds by `stream`; [`reduce`] folds
//! regions; [`matmul`] multiplies; [`convolution`] does so over windows; [`softmax`] goes region by
//! region, and [`pool`] window by window; [`solve`] eliminates.

pub(crate) mod convolution;
pub(crate) mod cumulate;
pub(crate) mod elementwise;
pub(crate) mod fill;
pub(crate) mod images;
mod loops;
pub(crate) mod matmul;
pub(crate) mod one_hot;
pub(crate) mod pool;
pub(crate) mod reduce;
pub(crate) mod softmax;
pub(crate) mod solve;
#[cfg(feature = "rayon")]
pub(crate) mod split;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod stream;
pub(crate) mod take;
pub(crate) mod triangle;
pub(crate) mod walk;
