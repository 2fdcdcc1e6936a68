use shapewright::{assert_broadcasts, shape};

assert_broadcasts!(shape![1000, 256], shape![1000] => shape![1000, 256]);

fn main() {}
