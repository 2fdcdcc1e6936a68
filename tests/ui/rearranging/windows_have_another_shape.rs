use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn pairs(x: &Tensor<f32, shape![1000, 3]>) -> Tensor<f32, shape![1000, 3, 2]> {
    x.windows(Axis::<0>, Window::<2>).to_tensor()
}

fn main() {}
