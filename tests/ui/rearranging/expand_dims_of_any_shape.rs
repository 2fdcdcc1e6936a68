use shapewright::prelude::*;
use shapewright::{Shape, Tensor};

fn batch<S: Shape>(x: &Tensor<f32, S>) -> f32 {
    x.expand_dims(Axis::<0>).sum()
}

fn main() {}
