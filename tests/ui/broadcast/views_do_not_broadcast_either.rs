use shapewright::prelude::*;
use shapewright::{Array, TensorView, shape};

fn add(x: TensorView<'_, f32, shape![4, 3]>, y: TensorView<'_, f32, shape![4]>) -> Array<f32, shape![4, 3]> {
    (x % y).to_array()
}

fn main() {}
