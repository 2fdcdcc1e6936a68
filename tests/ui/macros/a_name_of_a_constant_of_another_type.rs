use shapewright::dim;

const HEADS: u32 = 8;

dim!(Heads = HEADS);

fn main() {}
