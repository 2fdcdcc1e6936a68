use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn grid(x: &Tensor<f32, shape![1797, 64]>) -> Tensor<f32, shape![1797, 8, 9]> {
    x.reshape_to(shape![1797, 8, 9]).to_tensor()
}

fn main() {
    grid(&Tensor::zeros());
}
