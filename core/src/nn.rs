//! Layers: computations with parameters, whose shapes are in their types.

#[cfg(feature = "alloc")]
mod activations;
mod batch_norm;
mod bias;
mod channels;
mod features;
#[cfg(feature = "alloc")]
mod layer;
mod linear;
#[cfg(feature = "alloc")]
mod sequential;

#[cfg(feature = "alloc")]
pub use activations::{Gelu, Relu, Sigmoid, Softmax, Tanh};
pub use batch_norm::{BatchNorm, Normalized};
pub use bias::{Bias, NoBias, WithBias};
#[cfg(feature = "alloc")]
pub use layer::Layer;
pub use linear::{Linear, Transformed};
#[cfg(feature = "alloc")]
pub use sequential::Sequential;
