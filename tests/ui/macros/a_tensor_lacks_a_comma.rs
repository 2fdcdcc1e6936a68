use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![2, 2]> {
    tensor![[0.1, 0.2] [0.3, 0.4]]
}

fn main() {}
