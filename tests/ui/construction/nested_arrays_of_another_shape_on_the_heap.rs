use shapewright::{Tensor, shape};

fn weights() -> Tensor<f32, shape![2, 3]> {
    Tensor::from_nested([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
}

fn main() {}
