use shapewright::prelude::*;
use shapewright::{Tensor, shape};
use shapewright_tests::subtypes::{Sub, Super};

fn stacked(x: &Tensor<f32, shape![2, Sub]>, y: &Tensor<f32, shape![2, Super]>) -> f32 {
    x.stack(y, Axis::<0>).sum()
}

fn main() {}
