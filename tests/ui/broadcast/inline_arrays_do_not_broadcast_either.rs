use shapewright::prelude::*;
use shapewright::{Array, shape};

fn add(x: &Array<f32, shape![4, 3]>, y: &Array<f32, shape![4]>) -> Array<f32, shape![4, 3]> {
    (x / y).to_array()
}

fn main() {}
