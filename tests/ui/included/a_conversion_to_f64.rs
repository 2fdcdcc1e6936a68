use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f64, shape![3]> = include_npy!("half.npy" as f64);

fn main() {}
