use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn aligned(x: &Tensor<f32, shape![2, 3, 4]>, y: &Tensor<f32, shape![2, 3]>) {
    let _ = x - y.along(x, Axis::<1>);
}

fn main() {}
