use shapewright::{Dim, Weights, nn::{BatchNorm, Linear}};

#[derive(Weights)]
#[weights(eps = 1e-5)]
struct Net {
    #[weights(name = "features.0")]
    fc1: Linear<Dim<784>, Dim<128>>,
    #[weights(eps = "1e-5")]
    norm1: BatchNorm<Dim<128>>,
    #[weights(eps = -1e-5)]
    norm2: BatchNorm<Dim<128>>,
    #[weights(rename = features)]
    fc2: Linear<Dim<128>, Dim<10>>,
    #[weights(rename = "fc1")]
    fc3: Linear<Dim<128>, Dim<10>>,
    #[weights(skip, rename = "fc4")]
    fc4: usize,
    #[weights(eps)]
    norm3: BatchNorm<Dim<128>>,
}

fn load() {
    // The errors above are all: a use of the struct is no further one.
    let _ = Net::load("mlp.npz");
}

fn main() {}
