use shapewright::{TensorView, include_npy, shape};

const PATH: &str = "stats.npy";
static X: TensorView<'static, f32, shape![256]> = include_npy!(PATH);

fn main() {}
