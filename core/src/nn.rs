//! Layers: computations with parameters, whose shapes are in their types.

mod batch_norm;

pub use batch_norm::{BatchNorm, Channels, Normalized, ScaleShift};
