use shapewright::{TensorView, include_safetensors, io::Included, shape};

const FILE: Included = include_safetensors!("halves.safetensors");
static W: TensorView<'static, f32, shape![2]> = FILE.view("weight");

fn main() {}
