use shapewright::{TensorView, include_safetensors, io::Included, shape};

static FILE: Included = include_safetensors!("network.safetensors");
static W: TensorView<'static, f32, shape![4, 3, 3, 3]> = FILE.view("features.0.weight");

fn main() {}
