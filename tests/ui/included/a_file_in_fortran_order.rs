use shapewright::{TensorView, include_npy, shape};

static X: TensorView<'static, f32, shape![2, 3]> = include_npy!("fortran.npy");

fn main() {}
