use shapewright::StaticLength;

#[derive(Clone, Copy, Debug)]
struct Rows;

impl StaticLength for Rows {}

fn main() {}
