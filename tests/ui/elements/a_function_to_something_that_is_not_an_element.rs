use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn described(x: &Tensor<f32, shape![3]>) -> f32 {
    let described = x.map(|x| x.to_string());
    described.sum()
}

fn main() {}
