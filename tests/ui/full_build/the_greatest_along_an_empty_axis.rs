use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn greatest(x: &Tensor<f32, shape![3, 0]>) -> Tensor<f32, shape![3]> {
    x.max_axis(Axis::<1>).to_tensor()
}

fn main() {
    greatest(&Tensor::zeros());
}
