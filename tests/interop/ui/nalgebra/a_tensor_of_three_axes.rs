use nalgebra::DMatrix;
use shapewright::{Length, Tensor};

fn matrix<N: Length, C: Length, L: Length>(x: Tensor<f64, (N, C, L)>) -> DMatrix<f64> {
    x.into()
}

fn main() {}
