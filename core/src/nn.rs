//! Layers of neural networks, with the shapes of their parameters in their types, and functions
//! such as attention and losses.

#[cfg(feature = "alloc")]
mod activations;
#[cfg(feature = "alloc")]
mod attention;
mod batch_norm;
mod bias;
#[cfg(feature = "alloc")]
mod channel_moments;
mod channels;
mod conv1d;
mod conv2d;
#[cfg(feature = "alloc")]
mod cost;
mod embedding;
mod features;
#[cfg(feature = "alloc")]
mod flatten;
mod global_pool;
mod images;
#[cfg(feature = "alloc")]
mod layer;
mod layer_norm;
mod linear;
mod losses;
mod norms;
mod pool;
mod rms_norm;
#[cfg(feature = "alloc")]
mod sequential;
#[cfg(feature = "alloc")]
mod summary;

#[cfg(feature = "alloc")]
#[doc(inline)]
pub use activations::{Gelu, Relu, Sigmoid, Silu, Softmax, Tanh};
#[cfg(feature = "alloc")]
pub use attention::{AttentionMask, Causal, NoMask, attention};
pub use batch_norm::{BatchNorm, Normalized};
pub use bias::{Bias, NoBias, WithBias};
#[cfg(feature = "alloc")]
pub use channel_moments::{BatchNormConfig, ChannelMoments};
pub use conv1d::Conv1d;
pub use conv2d::Conv2d;
pub use embedding::Embedding;
#[cfg(feature = "alloc")]
pub use flatten::Flatten;
pub use global_pool::{GlobalAvgPool2d, GlobalMaxPool2d};
#[cfg(feature = "alloc")]
pub use layer::Layer;
pub use layer_norm::LayerNorm;
pub use linear::{Linear, Transformed};
#[cfg(feature = "alloc")]
pub use losses::cross_entropy;
pub use losses::mse;
pub use pool::{AvgPool2d, MaxPool2d};
pub use rms_norm::RmsNorm;
#[cfg(feature = "alloc")]
pub use sequential::Sequential;
#[cfg(feature = "alloc")]
pub use summary::Summary;
