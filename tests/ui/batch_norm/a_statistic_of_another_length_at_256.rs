use shapewright::nn::BatchNorm;
use shapewright::{Dim, Tensor, shape};

fn layer(
    gamma: Tensor<f32, shape![256]>,
    beta: Tensor<f32, shape![256]>,
    mean: Tensor<f32, shape![256]>,
    var: Tensor<f32, shape![1000]>,
) -> BatchNorm<Dim<256>> {
    BatchNorm::new(gamma, beta, mean, var, 1e-5)
}

fn main() {}
