use shapewright::dim;

dim!(pub const BATCH = 32);

fn main() {}
