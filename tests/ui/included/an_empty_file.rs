use shapewright::{include_safetensors, io::Included};

static FILE: Included = include_safetensors!("empty_file.safetensors");

fn main() {}
