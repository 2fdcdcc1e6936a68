use shapewright::dim;

dim!(Batch = 99999999999999999999);

fn main() {}
