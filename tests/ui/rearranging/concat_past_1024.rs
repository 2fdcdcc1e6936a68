use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn joined(
    a: &Tensor<f32, shape![1000, 256]>,
    b: &Tensor<f32, shape![50, 256]>,
) -> Tensor<f32, shape![1050, 256]> {
    a.concat(b, Axis::<0>).to_tensor()
}

fn main() {}
