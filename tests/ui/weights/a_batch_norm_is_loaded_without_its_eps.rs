use shapewright::{Dim, nn::BatchNorm, weights::{WeightsError, WeightsFile}};

fn norm(file: &WeightsFile) -> Result<BatchNorm<Dim<50257>>, WeightsError> {
    file.load()
}

fn main() {}
