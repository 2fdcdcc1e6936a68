use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f32, shape![1]> = include_npy!("complex.npy");

fn main() {}
