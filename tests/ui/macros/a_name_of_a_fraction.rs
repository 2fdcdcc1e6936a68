use shapewright::dim;

dim!(Batch = 2.5);

fn main() {}
