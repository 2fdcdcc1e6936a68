use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("twice.safetensors");

fn main() {}
