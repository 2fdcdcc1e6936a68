use shapewright::{Length, Weights, nn::{BatchNorm, Linear}};

#[derive(Weights)]
struct Block<C: Length> {
    fc: Linear<C, C>,
    norm: BatchNorm<C>,
}

fn main() {}
