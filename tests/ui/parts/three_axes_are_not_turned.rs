use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn turned(x: &Tensor<f32, shape![2, 3, 4]>) {
    let _ = x.t();
}

fn main() {}
