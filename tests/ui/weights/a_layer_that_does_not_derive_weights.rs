use shapewright::{Dim, Weights, nn::Linear};

struct Head(Linear<Dim<128>, Dim<10>>);

#[derive(Weights)]
struct Net {
    fc1: Linear<Dim<784>, Dim<128>>,
    head: Head,
}

fn main() {}
