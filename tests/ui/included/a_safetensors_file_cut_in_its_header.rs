use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("cut_header.safetensors");

fn main() {}
