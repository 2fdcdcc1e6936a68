use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn product(
    a: &Tensor<f32, shape![3, 6, 4]>,
    b: &Tensor<f32, shape![2, 4, 5]>,
) -> Tensor<f32, shape![3, 6, 5]> {
    a.matmul(b).to_tensor()
}

fn main() {}
