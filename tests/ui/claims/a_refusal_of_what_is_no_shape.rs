use shapewright::{assert_refuses, dim, shape};

dim!(Batch);

assert_refuses!(shape![Batch, 3], shape![3]);

fn main() {}
