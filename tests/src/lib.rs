//! Code that the test files share: comparison of elements, NumPy's results, and a naive evaluator.
//!
//! - [`same`]: two elements are the same if their bits are, or if both are NaN; the distance of two
//!   floats in ULP.
//! - [`values`]: the tables in `numpy/values`, which `numpy/make_values.py` writes.
//! - [`naive`]: arrays whose shape is a list of lengths, and whose operations are loops over all
//!   indices.
//! - [`exact`]: the exact mean and variance of floats, and the error of computed ones.
//! - [`goldens`]: PyTorch's results for layers, read from `nn/goldens`.
//! - [`each_integer`]: the table of the integer element types.
//! - [`layouts`]: the same elements in other memory layouts.
//! - [`levels`]: runs tests at each SIMD level.
//! - [`random`]: random numbers and tensors, for the property tests.
//! - [`refused`]: the message and the location of a panic.
//! - [`samples`]: numbers whose statistics are hard to compute.
//! - [`sliding`]: convolutions and pools of images, as naive loops over all windows.
//! - [`subtypes`]: two lengths of which one is a subtype of the other.

#![allow(clippy::missing_panics_doc, reason = "tests fail by panics")]

pub mod exact;
pub mod goldens;
pub mod integer_types;
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
