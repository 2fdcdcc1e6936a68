use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn shrink(x: &Tensor<f32, shape![50257]>) -> Tensor<f32, shape![1]> {
    x.broadcast_to(shape![1]).to_tensor()
}

fn main() {}
