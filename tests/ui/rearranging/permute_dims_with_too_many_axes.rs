use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn transposed(x: &Tensor<f32, shape![3, 50257]>) -> Tensor<f32, shape![50257, 3]> {
    x.permute_dims((Axis::<1>, Axis::<0>, Axis::<2>)).to_tensor()
}

fn main() {}
