use shapewright::nn::{Conv1d, NoBias};
use shapewright::prelude::*;
use shapewright::{Dim, NamedLength, Static, Tensor, shape};

// Three channels, whose bits are those of four.
#[derive(Clone, Copy, Debug)]
struct Channels;

impl NamedLength for Channels {
    type Size = Static<3>;
    type Bits = shapewright::__private::Bits4;
    const NAME: &'static str = "Channels";
    const VALUE: Self = Channels;
}

fn features(conv: &Conv1d<Dim<2>, Channels, 1, 1, 0, 1, 2, NoBias>, x: &Tensor<f32, shape![2, 2, 8]>) -> f32 {
    conv.forward(x).sum()
}

fn main() {
    features(&Conv1d::without_bias(Tensor::ones()), &Tensor::ones());
}
