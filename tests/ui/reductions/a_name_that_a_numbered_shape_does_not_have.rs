use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Features = 50257);

fn mean(x: &Tensor<f32, shape![3, 50257]>) -> Tensor<f32, shape![3]> {
    x.mean_axis(Features).to_tensor()
}

fn main() {}
