use shapewright::{Extent, Static, dim};

dim!(Rows = 4);

impl Extent for Rows {
    type Size = Static<4>;
    fn len(self) -> usize {
        1_000_000
    }
}

fn main() {}
