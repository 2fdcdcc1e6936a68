use shapewright::{Dim, Heap, Storage, Tensor, Weights, nn::{Linear, WithBias}, shape};

#[derive(Weights)]
struct Net<B: Storage = Heap> {
    fc: Linear<Dim<128>, Dim<10>, WithBias, f32, B>,
    scale: Tensor<f32, shape![10]>,
}

fn main() {}
