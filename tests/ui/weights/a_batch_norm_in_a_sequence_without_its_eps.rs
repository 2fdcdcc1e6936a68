use shapewright::{Dim, Weights, nn::{BatchNorm, Linear, Relu, Sequential}};

#[derive(Weights)]
struct Net {
    mlp: Sequential<(Linear<Dim<1000>, Dim<256>>, BatchNorm<Dim<256>>, Relu)>,
}

fn main() {}
