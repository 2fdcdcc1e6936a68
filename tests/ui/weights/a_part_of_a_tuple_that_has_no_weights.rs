use shapewright::{Dim, Weights, nn::Linear};

#[derive(Weights)]
struct Net(Linear<Dim<784>, Dim<128>>, (f32, Linear<Dim<128>, Dim<10>>));

fn main() {}
