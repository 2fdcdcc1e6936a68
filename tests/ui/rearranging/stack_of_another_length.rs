use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn stacked(a: &Tensor<f32, shape![1000, 256]>, b: &Tensor<f32, shape![1000, 50257]>) -> f32 {
    a.stack(b, Axis::<0>).sum()
}

fn main() {}
