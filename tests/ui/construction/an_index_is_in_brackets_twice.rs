use shapewright::{Tensor, shape};

fn first(x: &Tensor<f32, shape![1000]>) -> f32 {
    x[0]
}

fn main() {}
