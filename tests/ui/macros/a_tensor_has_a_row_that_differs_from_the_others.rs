use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![3, 2]> {
    tensor![[0.1, 0.2], [0.3], [0.4, 0.5]]
}

fn main() {}
