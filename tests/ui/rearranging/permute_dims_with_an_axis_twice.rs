use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn transposed(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![256, 1000]> {
    x.permute_dims((Axis::<1>, Axis::<1>)).to_tensor()
}

fn main() {}
