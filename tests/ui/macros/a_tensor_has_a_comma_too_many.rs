use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![2]> {
    tensor![0.1, , 0.2]
}

fn main() {}
