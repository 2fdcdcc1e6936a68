use shapewright::dim;

dim!(Batch = 32 Features = 256);

fn main() {}
