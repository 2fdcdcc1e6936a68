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

fn longer(x: &Array<f32, (Rows,)>) -> Array<f32, shape![5]> {
    x.pad(Axis::<0>, Pad::<1, 0>, 0.0).to_array()
}

fn main() {
    longer(&Array::splat(1.0));
}
