use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f32, shape![3]> = include_npy!("labels.npy");

fn main() {}
