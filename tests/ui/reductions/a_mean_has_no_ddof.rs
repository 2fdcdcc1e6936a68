use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(x: &Tensor<f32, shape![1000, 256]>) -> Tensor<f32, shape![256]> {
    x.mean_axis(Axis::<0>).ddof(1).to_tensor()
}

fn main() {}
