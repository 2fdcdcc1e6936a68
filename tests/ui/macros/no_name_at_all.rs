use shapewright::dim;

dim!();

fn main() {}
