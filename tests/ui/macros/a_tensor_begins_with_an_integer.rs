use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![3]> {
    tensor![1, 2.5, 3.5]
}

fn main() {}
