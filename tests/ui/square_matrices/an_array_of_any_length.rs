use shapewright::prelude::*;
use shapewright::{Array, Length, SingularMatrix, Tensor};

fn inverse<N: Length>(a: &Tensor<f32, (N, N)>) -> Result<Array<f32, (N, N)>, SingularMatrix> {
    a.inv().to_array()
}

fn main() {}
