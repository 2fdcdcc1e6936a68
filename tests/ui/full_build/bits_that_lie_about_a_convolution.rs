use shapewright::nn::Conv2d;
use shapewright::prelude::*;
use shapewright::{Dim, NamedLength, Static, Tensor, shape};

// Three columns, whose bits are those of four.
#[derive(Clone, Copy, Debug)]
struct Columns;

impl NamedLength for Columns {
    type Size = Static<3>;
    type Bits = shapewright::__private::Bits4;
    const NAME: &'static str = "Columns";
    const VALUE: Self = Columns;
}

fn features(conv: &Conv2d<Dim<2>, Dim<3>, 2>, x: &Tensor<f32, shape![2, 2, 8, Columns]>) -> f32 {
    conv.forward(x).sum()
}

fn main() {
    features(&Conv2d::new(Tensor::ones(), Tensor::ones()), &Tensor::ones());
}
