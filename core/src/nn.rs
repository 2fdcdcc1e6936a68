//! Layers: computations with parameters, whose shapes are in their types.

mod batch_norm;
mod channels;

pub use batch_norm::{BatchNorm, Normalized};
