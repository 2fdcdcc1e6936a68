use shapewright::dim;

dim!(Batch = 32, Features = 256, Batch = 64);

fn main() {}
