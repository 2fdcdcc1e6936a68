use shapewright::{Dim, Flash, Heap, Storage, Weights, include_safetensors, nn::{Linear, WithBias}};

#[derive(Weights)]
struct Net<B: Storage = Heap> {
    fc1: Linear<Dim<128>, Dim<10>, WithBias, f32, B>,
}

static NET: Net<Flash> = Net::included(include_safetensors!("../../../examples/digits/digits.safetensors"));

fn main() {}
