use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("huge_header.safetensors");

fn main() {}
