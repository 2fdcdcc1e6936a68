use shapewright::prelude::*;
use shapewright::{Length, Tensor, shape};

fn mean<N: Length>(x: &Tensor<f32, shape![N + 1]>) -> f32 {
    x.mean()
}

fn main() {}
