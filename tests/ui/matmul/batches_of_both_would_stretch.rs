use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn product(
    a: &Tensor<f32, shape![8, 1, 3, 4]>,
    b: &Tensor<f32, shape![16, 4, 5]>,
) -> Tensor<f32, shape![8, 16, 3, 5]> {
    a.matmul(b).to_tensor()
}

fn main() {}
