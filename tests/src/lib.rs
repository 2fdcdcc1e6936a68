//! What the test files share: comparing elements, the values that NumPy gives, and a naive evaluator.
//!
//! - [`same`]: two elements are the same when their bits are, or both are NaN; how far apart two floats are in ULP.
//! - [`values`]: the tables in `numpy/values`, which `numpy/make_values.py` writes.
//! - [`naive`]: arrays whose shape is a list of lengths, and whose operations are loops over all indices.
//! - [`exact`]: the exact mean and variance of floats, and how far what is found is from them.
//! - [`goldens`]: what PyTorch's layers give, read from `nn/goldens`.
//! - [`layouts`]: the same elements, otherwise in memory.
//! - [`levels`]: the same at each SIMD level.
//! - [`random`]: random numbers and tensors, for the property tests.
//! - [`refused`]: what a panic says, and where.
//! - [`samples`]: numbers whose statistics are hard to find.
//! - [`sliding`]: convolutions and pools of images, as naive loops over all windows.
//! - [`subtypes`]: two lengths of which one is a subtype of the other.

#![allow(clippy::missing_panics_doc, reason = "tests fail by panics")]

pub mod exact;
pub mod goldens;
pub mod layouts;
pub mod levels;
pub mod naive;
pub mod random;
pub mod refused;
pub mod same;
pub mod samples;
pub mod sliding;
pub mod subtypes;
pub mod values;
