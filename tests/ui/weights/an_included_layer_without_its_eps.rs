use shapewright::{Dim, Flash, include_safetensors, nn::BatchNorm};

static NORM: BatchNorm<Dim<16>, f32, Flash> =
    BatchNorm::included(include_safetensors!("../../../examples/digits/digits.safetensors").at("bn1"));

fn main() {}
