use shapewright::dim;

dim!(_ = 32);

fn main() {}
