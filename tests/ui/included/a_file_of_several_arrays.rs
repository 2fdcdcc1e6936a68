use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f32, shape![3]> = include_npy!("archive.npz");

fn main() {}
