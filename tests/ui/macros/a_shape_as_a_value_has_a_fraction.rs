use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn image(x: &Tensor<f32, shape![12]>) -> f32 {
    x.reshape(shape![3, 4.0]).sum()
}

fn main() {}
