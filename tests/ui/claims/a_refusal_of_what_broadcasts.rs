use shapewright::{assert_refuses, dim, shape};

dim!(Batch, Features = 256);
assert_refuses!(shape![?Batch, Features], shape![Features]);

fn main() {}
