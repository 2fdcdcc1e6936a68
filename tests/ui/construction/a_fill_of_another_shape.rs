use shapewright::{Tensor, shape, tensor};

fn weights() -> Tensor<f32, shape![50257, 3]> {
    tensor![0.0; 3, 50257]
}

fn main() {}
