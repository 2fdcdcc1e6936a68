use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn total(x: &Tensor<f32, shape![1000, 256]>) -> f32 {
    x.sum_axis(Axis::<0>)
}

fn main() {}
