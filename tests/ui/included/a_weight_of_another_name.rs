use shapewright::{TensorView, include_safetensors, io::Included, shape};

static FILE: Included = include_safetensors!("network.safetensors");
static W: TensorView<'static, f32, shape![3]> = FILE.view("head.biass");

fn main() {}
