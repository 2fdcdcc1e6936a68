use shapewright::{Tensor, shape};

struct Rows;

fn rows(_: &Tensor<f32, shape![Rows, 3]>) {}

fn main() {}
