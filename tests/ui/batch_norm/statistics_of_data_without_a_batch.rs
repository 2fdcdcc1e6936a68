use shapewright::nn::BatchNorm;
use shapewright::{Array, shape};

fn statistics(x: &Array<f32, shape![256]>) -> f32 {
    BatchNorm::inline_of(x, 1e-5).mean().as_slice()[0]
}

fn main() {}
