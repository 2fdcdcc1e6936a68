use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![2, 2]> {
    tensor![[0.5, 1], [2.0, 4.0]]
}

fn main() {}
