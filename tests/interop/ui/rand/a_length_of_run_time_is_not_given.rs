use rand::distr::StandardUniform;
use shapewright::{Tensor, dim, shape};

dim!(pub Batch);

fn noise(rng: &mut impl rand::Rng) -> Tensor<f32, shape![?Batch, 784]> {
    Tensor::<f32, shape![?Batch, 784]>::random(StandardUniform, rng)
}

fn main() {}
