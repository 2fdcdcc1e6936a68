use shapewright::{Tensor, shape, tensor};

fn nothing() -> Tensor<f32, shape![0, 3]> {
    tensor![]
}

fn main() {}
