use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn pairs(x: &Tensor<f32, shape![2, 2, 2, 2, 2, 2, 2, 2]>) -> f32 {
    x.windows(Axis::<0>, Window::<2>).sum()
}

fn main() {}
