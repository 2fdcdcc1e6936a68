use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn positive(x: &Tensor<f32, shape![3]>) -> f32 {
    let mut less = x - 1.0;
    less.map_in_place(|x| x.max(0.0));
    less.sum()
}

fn main() {}
