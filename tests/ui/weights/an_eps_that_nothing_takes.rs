use shapewright::{Dim, Weights, nn::Linear};

#[derive(Weights)]
struct Net {
    #[weights(eps = 1e-5)]
    fc1: Linear<Dim<784>, Dim<128>>,
}

fn main() {}
