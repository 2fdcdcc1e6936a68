use shapewright::{Dim, Weights, nn::Linear};

#[derive(Weights)]
struct Net {
    fc1: Linear<Dim<784>, Dim<128>>,
    steps: usize,
}

fn main() {}
