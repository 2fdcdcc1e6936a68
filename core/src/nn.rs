//! Layers: computations with parameters, whose shapes are in their types.

#[cfg(feature = "alloc")]
mod activations;
mod batch_norm;
mod bias;
mod channels;
mod conv1d;
mod conv2d;
mod features;
mod images;
#[cfg(feature = "alloc")]
mod layer;
mod layer_norm;
mod linear;
mod norms;
mod pool;
mod rms_norm;
#[cfg(feature = "alloc")]
mod sequential;

#[cfg(feature = "alloc")]
pub use activations::{Gelu, Relu, Sigmoid, Softmax, Tanh};
pub use batch_norm::{BatchNorm, Normalized};
pub use bias::{Bias, NoBias, WithBias};
pub use conv1d::Conv1d;
pub use conv2d::Conv2d;
#[cfg(feature = "alloc")]
pub use layer::Layer;
pub use layer_norm::LayerNorm;
pub use linear::{Linear, Transformed};
pub use pool::{AvgPool2d, MaxPool2d};
pub use rms_norm::RmsNorm;
#[cfg(feature = "alloc")]
pub use sequential::Sequential;
