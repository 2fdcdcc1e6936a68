use shapewright::prelude::*;
use shapewright::{Length, SingularMatrix, Tensor};

fn inverse<N: Length, M: Length>(a: &Tensor<f32, (N, M)>) -> Result<Tensor<f32, (N, M)>, SingularMatrix> {
    a.inv().to_tensor()
}

fn main() {}
