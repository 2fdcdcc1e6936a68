use shapewright::{Tensor, dim, shape};

dim!(Batch = 32);

fn batch(_: &Tensor<f32, shape![Batch<3>]>) {}

fn main() {}
