use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f32, shape![2]> = include_npy!("huge.npy" as f32);

fn main() {}
