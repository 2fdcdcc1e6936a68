use shapewright::prelude::*;
use shapewright::{Array, NamedLength, Static};

#[derive(Clone, Copy, Debug)]
struct Rows;

impl NamedLength for Rows {
    type Size = Static<4>;
    type Bits = u32;
    const NAME: &'static str = "Rows";
    const VALUE: Self = Rows;
}

fn flat(x: &Array<f32, (Rows, Rows)>) -> f32 {
    x.flatten().sum()
}

fn main() {}
