use shapewright::nn::{Flatten, Linear, Sequential};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

dim!(Batch, Columns);

fn classify(
    net: &Sequential<(Flatten, Linear<Dim<784>, Dim<10>>)>,
    x: Tensor<f32, shape![?Batch, 28, ?Columns]>,
) -> f32 {
    net.forward(x).sum()
}

fn main() {}
