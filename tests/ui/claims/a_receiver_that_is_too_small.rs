use shapewright::{assert_broadcasts, shape};

assert_broadcasts!(assign shape![10], shape![32, 10]);

fn main() {}
