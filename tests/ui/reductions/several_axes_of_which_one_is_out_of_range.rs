use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![8, 3, 32, 32]>) -> Tensor<f32, shape![8, 3]> {
    x.mean_axis((Axis::<2>, Axis::<4>)).to_tensor()
}

fn main() {}
