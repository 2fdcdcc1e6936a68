use shapewright::{Dim, Weights, nn::{BatchNorm, Linear, Relu}};

#[derive(Weights)]
struct Net {
    mlp: (Linear<Dim<1000>, Dim<256>>, BatchNorm<Dim<256>>, Relu),
}

fn main() {}
