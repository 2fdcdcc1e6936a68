use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("truncated.safetensors");

fn main() {}
