use shapewright::{Tensor, shape};

fn run(x: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![3]> {
    x * 2.0
}

fn main() {}
