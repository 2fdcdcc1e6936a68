use shapewright::dim;

dim!(32, Features = 256);

fn main() {}
