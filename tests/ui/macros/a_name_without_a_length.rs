//! A name that was declared without a length is of run time: in a shape it is written `?Batch`.

use shapewright::{Tensor, dim, shape};

dim!(pub Batch);

fn take(_: &Tensor<f32, shape![Batch, 784]>) {}

fn main() {}
