use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![256]> {
    x.mean_axis(0).to_tensor()
}

fn main() {}
