use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Rows = 3, Columns = 3);

fn center(x: &Tensor<f32, (Rows, Columns)>, mean: &Tensor<f32, (Rows,)>) -> Tensor<f32, (Rows, Columns)> {
    (x - mean).to_tensor()
}

fn main() {}
