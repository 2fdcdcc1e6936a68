use shapewright::dim;

dim!(Batch =);

fn main() {}
