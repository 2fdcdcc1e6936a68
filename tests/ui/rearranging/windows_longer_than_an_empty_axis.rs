use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn pairs(x: &Tensor<f32, shape![0]>) -> Tensor<f32, shape![0, 2]> {
    x.windows(Axis::<0>, Window::<2>).to_tensor()
}

fn main() {}
