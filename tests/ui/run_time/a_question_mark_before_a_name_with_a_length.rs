//! A name that has its length is written without `?`.

use shapewright::{Tensor, dim, shape};

dim!(Rows = 3);

fn take(_: &Tensor<f32, shape![?Rows, 784]>) {}

fn main() {}
