//! After `?` stands a name, or nothing.

use shapewright::{Tensor, shape};

fn take(_: &Tensor<f32, shape![?3, 784]>) {}

fn main() {}
