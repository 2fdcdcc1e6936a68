use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn smooth(x: &Tensor<f32, shape![1000, 4]>) -> f32 {
    x.windows(Axis::<1>, Window::<5>).mean()
}

fn main() {}
