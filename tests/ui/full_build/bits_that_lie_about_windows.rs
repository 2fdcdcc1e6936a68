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

fn pairs(x: &Array<f32, (Rows,)>) -> Array<f32, shape![3, 2]> {
    x.windows(Axis::<0>, Window::<2>).to_array()
}

fn main() {
    pairs(&Array::splat(1.0));
}
