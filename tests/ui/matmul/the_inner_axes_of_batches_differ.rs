use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn scores(
    queries: &Tensor<f32, shape![32, 1000, 64]>,
    keys: &Tensor<f32, shape![32, 1000, 64]>,
) -> Tensor<f32, shape![32, 1000, 1000]> {
    queries.matmul(keys).to_tensor()
}

fn main() {}
