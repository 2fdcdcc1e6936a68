use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn total(x: &Tensor<f32, shape![]>) -> f32 {
    x.sum_axis(Axis::<0>).sum()
}

fn main() {}
