use shapewright::nn::BatchNorm;
use shapewright::{Tensor, dim};

dim!(Batch = 256, Channels = 256);

fn layer(
    gamma: Tensor<f32, (Channels,)>,
    beta: Tensor<f32, (Channels,)>,
    mean: Tensor<f32, (Batch,)>,
    var: Tensor<f32, (Channels,)>,
) -> BatchNorm<Channels> {
    BatchNorm::new(gamma, beta, mean, var, 1e-5)
}

fn main() {}
