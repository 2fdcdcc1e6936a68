use shapewright::{Extent, Static};

#[derive(Clone, Copy, Debug)]
struct Rows;

impl Extent for Rows {
    type Size = Static<4>;
    fn len(self) -> usize {
        1_000_000
    }
}

fn main() {}
