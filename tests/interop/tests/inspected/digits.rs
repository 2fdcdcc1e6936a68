// No file has strides, paddings, dilations and groups: `Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS>`.
use shapewright::nn::{BatchNorm, Conv2d, Linear, NoBias};
use shapewright::{Dim, Weights};

#[derive(Weights)]
pub struct Net {
    #[weights(eps = 1e-5)]
    pub bn1: BatchNorm<Dim<16>>,
    #[weights(eps = 1e-5)]
    pub bn2: BatchNorm<Dim<32>>,
    #[weights(eps = 1e-5)]
    pub bn3: BatchNorm<Dim<32>>,
    pub conv1: Conv2d<Dim<1>, Dim<16>, 3, 1, 0, 1, 1, NoBias>,
    pub conv2: Conv2d<Dim<16>, Dim<32>, 3, 1, 0, 1, 1, NoBias>,
    pub conv3: Conv2d<Dim<32>, Dim<32>, 3, 1, 0, 1, 1, NoBias>,
    pub fc: Linear<Dim<128>, Dim<10>>,
}
