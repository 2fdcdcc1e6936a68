use shapewright::{Dim, Weights, nn::{BatchNorm, Linear}};

#[derive(Weights)]
struct Net {
    fc1: Linear<Dim<784>, Dim<128>>,
    norm: BatchNorm<Dim<128>>,
}

fn main() {}
