use rand::distr::StandardUniform;
use shapewright::{Array, shape};

fn noise(rng: &mut impl rand::Rng) -> Array<f32, shape![3]> {
    Array::<f32, shape![3]>::random(StandardUniform, rng)
}

fn main() {}
