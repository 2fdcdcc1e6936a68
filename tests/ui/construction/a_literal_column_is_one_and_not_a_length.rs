use shapewright::{Tensor, shape, tensor};

fn column() -> Tensor<f32, shape![3, { 1 }]> {
    tensor![[0.1], [0.2], [0.3]]
}

fn main() {}
