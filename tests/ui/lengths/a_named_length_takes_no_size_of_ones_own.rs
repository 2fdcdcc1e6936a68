use shapewright::NamedLength;

#[derive(Clone, Copy, Debug)]
struct Huge;

#[derive(Clone, Copy, Debug)]
struct Rows;

impl NamedLength for Rows {
    type Size = Huge;
    type Bits = ();
    const NAME: &'static str = "Rows";
    const VALUE: Self = Rows;
}

fn main() {}
