use shapewright::dim;

dim!(Batch: usize = 32);

fn main() {}
