use shapewright::{Dim, Flash, Heap, Storage, Weights, nn::{Linear, WithBias}, weights::WeightsError};

#[derive(Weights)]
struct Net<B: Storage = Heap> {
    fc: Linear<Dim<128>, Dim<10>, WithBias, f32, B>,
}

fn load() -> Result<Net<Flash>, WeightsError> {
    Net::<Flash>::load("mlp.npz")
}

fn main() {}
