use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![1000]> {
    x.mean_axis(Axis::<1>).keepdims().to_tensor()
}

fn main() {}
