use shapewright::dim;

dim!(Batch = 32u8);

fn main() {}
