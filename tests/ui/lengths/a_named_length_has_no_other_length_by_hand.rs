use shapewright::{StaticExtent, dim};

dim!(Rows = 4);

impl StaticExtent for Rows {
    const VALUE: Self = Rows;
    const LEN: usize = 1_000_000;
}

fn main() {}
