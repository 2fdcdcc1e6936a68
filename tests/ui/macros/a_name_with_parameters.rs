use shapewright::dim;

dim!(Batch<T> = 32);

fn main() {}
