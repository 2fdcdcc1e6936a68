use shapewright::nn::BatchNorm;
use shapewright::{Length, Tensor};

fn layer<N: Length, C: Length>(
    gamma: Tensor<f32, (C,)>,
    beta: Tensor<f32, (C,)>,
    mean: Tensor<f32, (N,)>,
    var: Tensor<f32, (C,)>,
) -> BatchNorm<C> {
    BatchNorm::new(gamma, beta, mean, var, 1e-5)
}

fn main() {}
