use shapewright::nn::MaxPool2d;
use shapewright::prelude::*;
use shapewright::{Array, NamedLength, Static, shape};

// Three rows, whose bits are those of four.
#[derive(Clone, Copy, Debug)]
struct Rows;

impl NamedLength for Rows {
    type Size = Static<3>;
    type Bits = shapewright::__private::Bits4;
    const NAME: &'static str = "Rows";
    const VALUE: Self = Rows;
}

fn halved(x: &Array<f32, shape![2, 3, Rows, 8]>) -> Array<f32, shape![2, 3, 2, 4]> {
    MaxPool2d::<2>.forward(x).to_array()
}

fn main() {
    halved(&Array::splat(1.0));
}
