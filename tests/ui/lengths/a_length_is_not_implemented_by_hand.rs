use shapewright::Length;

#[derive(Clone, Copy, Debug)]
struct Rows;

impl Length for Rows {}

fn main() {}
