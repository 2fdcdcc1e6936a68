use shapewright::{NamedLength, Static};

#[derive(Clone, Copy, Debug)]
struct Rows;

impl NamedLength for Rows {
    type Size = Static<4>;
    type Bits = ();
    const NAME: &'static str = "Rows";
    const VALUE: Self = Rows;
    fn len(self) -> usize {
        1_000_000
    }
}

fn main() {}
