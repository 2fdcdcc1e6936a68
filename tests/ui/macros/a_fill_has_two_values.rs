use shapewright::{Tensor, shape, tensor};

fn zeros() -> Tensor<f32, shape![3]> {
    tensor![0.0, 1.0; 3]
}

fn main() {}
