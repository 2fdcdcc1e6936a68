use shapewright::prelude::*;
use shapewright::{One, Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, 1]>) -> Tensor<f32, shape![1000]> {
    x.mean_axis(One).to_tensor()
}

fn main() {}
