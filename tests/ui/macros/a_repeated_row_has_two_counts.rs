use shapewright::{Tensor, shape, tensor};

fn zeros() -> Tensor<f32, shape![1, 3, 4]> {
    tensor![[0.0; 3, 4]]
}

fn main() {}
