use shapewright::assert_broadcasts;
use shapewright_tests::subtypes::{Sub, Super};

assert_broadcasts!((Sub,), (Sub,) => (Super,));

fn main() {}
