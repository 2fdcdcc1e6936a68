//! Handwritten digits, read by a network that PyTorch trained: `examples/digits`, with its weights
//! in flash and no allocator.

use shapewright::nn::{BatchNorm, Conv2d, Linear, MaxPool2d, NoBias};
use shapewright::{Dim, Flash, Tensor, Weights, include_npy, include_safetensors, prelude::*};

dim!(pub Images = 16, pub Classes = 10);

/// An image with pixels of 0 to 1, as a batch of one.
pub type Image = Array<f32, shape![{ 1 }, { 1 }, 8, 8]>;

/// A convolution of 3 by 3 that keeps the size of images, with its weights in flash.
type Conv<In, Out> = Conv2d<In, Out, 3, 1, 1, 1, 1, NoBias, f32, Flash>;

/// The network of `examples/digits`: the fields have the names of its parameters.
#[derive(Debug, Weights)]
pub struct Network {
    conv1: Conv<Dim<1>, Dim<16>>,
    #[weights(eps = 1e-5)]
    bn1: BatchNorm<Dim<16>, f32, Flash>,
    conv2: Conv<Dim<16>, Dim<32>>,
    #[weights(eps = 1e-5)]
    bn2: BatchNorm<Dim<32>, f32, Flash>,
    conv3: Conv<Dim<32>, Dim<32>>,
    #[weights(eps = 1e-5)]
    bn3: BatchNorm<Dim<32>, f32, Flash>,
    fc: Linear<Dim<128>, Classes, shapewright::nn::WithBias, f32, Flash>,
}

/// The weights: 62 KB of flash, read and checked when this crate is compiled.
pub static NETWORK: Network =
    Network::included(include_safetensors!("../../../digits/digits.safetensors"));

/// Images of the test data, one byte per pixel: a count from 0 to 16.
pub static IMAGES: Tensor<u8, shape![Images, { 1 }, 8, 8], Flash> =
    include_npy!("../../data/images.npy");

/// The digit that each image shows.
pub static LABELS: Tensor<u8, shape![Images], Flash> = include_npy!("../../data/labels.npy");

/// The `k`-th of the 16 images.
///
/// # Panics
/// If there is no such image.
pub fn image(k: usize) -> Image {
    IMAGES.narrow(Images, k, Dim::<1>).map(|count| f32::from(count) / 16.0).to_array()
}

impl Network {
    /// The logits of an image. Each intermediate result is on the stack and computed in one pass.
    #[inline(never)]
    pub fn logits(&self, image: &Image) -> Array<f32, shape![Classes]> {
        let x = self.bn1.forward(self.conv1.forward(image)).relu().to_array(); // (1, 16, 8, 8)
        let x = self.bn2.forward(self.conv2.forward(&x)).relu().to_array(); // (1, 32, 8, 8)
        let x = MaxPool2d::<2>.forward(&x).to_array(); // (1, 32, 4, 4)
        let x = self.bn3.forward(self.conv3.forward(&x)).relu().to_array(); // (1, 32, 4, 4)
        let x = MaxPool2d::<2>.forward(&x).flatten_from(Axis::<1>).to_array(); // (1, 128)
        self.fc.forward(&x).reshape(shape![Classes]).to_array()
    }
}
