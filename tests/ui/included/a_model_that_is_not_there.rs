use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("model.safetensors");

fn main() {}
