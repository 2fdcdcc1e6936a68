use shapewright::prelude::*;
use shapewright::{Length, SingularMatrix, Tensor};

fn solution<N: Length, M: Length>(
    a: &Tensor<f32, (N, N)>,
    b: &Tensor<f32, (M, N)>,
) -> Result<Tensor<f32, (M, N)>, SingularMatrix> {
    a.solve(b).to_tensor()
}

fn main() {}
