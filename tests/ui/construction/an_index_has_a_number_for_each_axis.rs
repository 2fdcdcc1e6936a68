use shapewright::{Tensor, shape};

fn corner(x: &Tensor<f32, shape![1000, 256]>) -> f32 {
    x[[0]]
}

fn main() {}
