use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, bool, shape![3]> = include_npy!("mask.npy");

fn main() {}
