use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn shrink(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![256]> {
    x.broadcast_to(shape![256]).to_tensor()
}

fn main() {}
