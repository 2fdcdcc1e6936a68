use shapewright::{Dim, Weights, nn::{Linear, Relu}};

#[derive(Weights)]
enum Layer {
    Linear(Linear<Dim<784>, Dim<128>>),
    Relu(Relu),
}

fn main() {}
