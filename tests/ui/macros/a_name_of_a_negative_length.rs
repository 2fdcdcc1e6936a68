use shapewright::dim;

dim!(Batch = -1);

fn main() {}
