use shapewright::{Tensor, shape};

fn halve(weights: &Tensor<f32, shape![1000]>) {
    *weights /= 2.0;
}

fn main() {}
