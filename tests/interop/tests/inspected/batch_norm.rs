// No file has strides, paddings, dilations and groups: `Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS>`.
use shapewright::nn::{BatchNorm, Conv2d, Linear, NoBias};
use shapewright::{Dim, Weights};

#[derive(Weights)]
pub struct Net {
    pub classifier: Linear<Dim<6>, Dim<3>>,
    #[weights(eps = 1e-5)]
    pub features: (
        Conv2d<Dim<2>, Dim<4>, 3, 1, 0, 1, 1, NoBias>, // 0
        BatchNorm<Dim<4>>, // 1
        (), // 2: nothing in the file, as `Relu` or `MaxPool2d` have
        Conv2d<Dim<4>, Dim<6>, 3, 1, 0, 1, 1, NoBias>, // 3
        BatchNorm<Dim<6>>, // 4
    ),
}
