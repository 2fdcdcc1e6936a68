//! What follows a rename of a lazy value is no second error.

use shapewright::{Tensor, dim, prelude::*, shape};

dim!(Rows = 2);

fn columns(x: &Tensor<f32, shape![2, 3]>) -> Tensor<f32, shape![3]> {
    (x + 1.0).rename::<shape![Rows, 3]>().sum_axis(Rows).to_tensor()
}

fn main() {}
