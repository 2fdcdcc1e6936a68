use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn product(
    a: &Tensor<f32, shape![1000, 3, 4]>,
    b: &Tensor<f32, shape![999, 4, 5]>,
) -> Tensor<f32, shape![1000, 3, 5]> {
    a.matmul(b).to_tensor()
}

fn main() {}
