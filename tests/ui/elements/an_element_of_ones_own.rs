use shapewright::{Array, shape};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Complex(f32, f32);

fn signal(_: &Array<Complex, shape![2]>) {}

fn main() {}
