use shapewright::{TensorView, include_safetensors, io::Included, shape};

static FILE: Included = include_safetensors!("network.safetensors");
static W: TensorView<'static, f32, shape![4]> = FILE.view_at("features.1", "bias");

fn main() {}
