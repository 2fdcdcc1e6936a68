use shapewright::prelude::*;
use shapewright::{Axis, Tensor, shape};

fn some(x: &Tensor<f32, shape![2, 3]>) -> Tensor<bool, shape![2]> {
    x.any_axis(Axis::<1>).to_tensor()
}

fn main() {}
