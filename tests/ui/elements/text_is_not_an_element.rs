use shapewright::{Tensor, shape};

fn names(_: &Tensor<String, shape![3]>) {}

fn main() {}
