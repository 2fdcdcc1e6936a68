use shapewright::{assert_broadcasts, shape};

assert_broadcasts!(shape![1000, 256], shape![256] => shape![256, 1000]);

fn main() {}
