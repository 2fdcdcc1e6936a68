use shapewright::{Dim, Flash, Heap, Storage, Weights, include_safetensors, nn::BatchNorm};

#[derive(Weights)]
struct Net<B: Storage = Heap> {
    bn1: BatchNorm<Dim<16>, f32, B>,
}

static NET: Net<Flash> = Net::included(include_safetensors!("../../../examples/digits/digits.safetensors"));

fn main() {}
