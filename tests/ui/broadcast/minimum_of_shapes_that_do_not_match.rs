use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn capped(
    x: &Tensor<f32, shape![1000, 256]>,
    cap: &Tensor<f32, shape![1000]>,
) -> Tensor<f32, shape![1000, 256]> {
    x.minimum(cap).to_tensor()
}

fn main() {}
