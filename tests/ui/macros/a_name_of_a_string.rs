use shapewright::dim;

dim!(Batch = "32");

fn main() {}
