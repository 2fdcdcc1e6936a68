use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn flat(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![50257]> {
    x.flatten_to(Dim::<50257>).to_tensor()
}

fn main() {
    flat(&Tensor::zeros());
}
