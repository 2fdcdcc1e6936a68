use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn pairs(x: &Tensor<f32, shape![3, 4]>) -> f32 {
    x.windows(Axis::<2>, Window::<2>).sum()
}

fn main() {}
