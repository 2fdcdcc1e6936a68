use shapewright::dim;

dim!(pub, Features = 256);

fn main() {}
