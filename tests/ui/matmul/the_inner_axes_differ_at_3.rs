use shapewright::prelude::*;
use shapewright::{Array, shape};

fn product(a: &Array<f64, shape![3, 3]>, b: &Array<f64, shape![4, 3]>) -> Array<f64, shape![3, 3]> {
    a.matmul(b).to_array()
}

fn main() {}
