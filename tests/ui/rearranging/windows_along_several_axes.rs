use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn squares(x: &Tensor<f32, shape![3, 4]>) -> f32 {
    x.windows((Axis::<0>, Axis::<1>), Window::<2>).sum()
}

fn main() {}
