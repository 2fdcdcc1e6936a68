use shapewright::{StaticShape, dim};

dim!(Rows = 4);

impl StaticShape for (Rows,) {
    const VALUE: Self = (Rows,);
    const LEN: usize = 1_000_000;
}

fn main() {}
