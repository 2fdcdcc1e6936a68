use shapewright::{Dim, Flash, Heap, Storage, Weights, include_safetensors, nn::{Conv2d, Linear, NoBias, WithBias}};

#[derive(Weights)]
struct Net<B: Storage = Heap> {
    conv1: Conv2d<Dim<3>, Dim<16>, 3, 1, 1, 1, 1, NoBias, f32, B>,
    fc: Linear<Dim<128>, Dim<10>, WithBias, f32, B>,
}

static NET: Net<Flash> = Net::included(include_safetensors!("../../../examples/digits/digits.safetensors"));

fn main() {}
