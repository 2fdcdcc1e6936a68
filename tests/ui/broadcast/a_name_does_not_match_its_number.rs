use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch = 32);

fn add(x: &Tensor<f32, (Batch,)>, bias: &Tensor<f32, shape![32]>) -> Tensor<f32, (Batch,)> {
    (x + bias).to_tensor()
}

fn main() {}
