use shapewright::{Dim, Weights, nn::Linear};

struct Settings(u8);

#[derive(Weights)]
struct Net {
    fc1: Linear<Dim<784>, Dim<128>>,
    #[weights(skip)]
    settings: Settings,
}

fn main() {}
