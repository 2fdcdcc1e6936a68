//! Two generic lengths may be two numbers.

use shapewright::{Length, Tensor};

fn other<N: Length, M: Length>(x: Tensor<f32, (N, M)>) -> Tensor<f32, (M, M)> {
    x.rename()
}

fn main() {}
