//! A name beside a generic length.

use shapewright::{Length, Tensor, dim, shape};

dim!(Batch);

fn add<N: Length, C: Length>(x: &Tensor<f32, shape![?Batch, C]>, y: &Tensor<f32, shape![N, C]>) {
    let _ = x + y;
}

fn main() {}
