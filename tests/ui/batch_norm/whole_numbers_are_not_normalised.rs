use shapewright::Dim;
use shapewright::nn::BatchNorm;

fn layer(_: &BatchNorm<Dim<256>, i32>) {}

fn main() {}
