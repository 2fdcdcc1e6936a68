use shapewright::{Dim, Float, Weights, nn::{Linear, WithBias}, weights::WeightsError};

#[derive(Weights)]
struct Net<T: Float> {
    fc1: Linear<Dim<784>, Dim<128>, WithBias, T>,
}

fn load<T: Float>() -> Result<Net<T>, WeightsError> {
    Net::load("mlp.npz")
}

fn main() {}
