use shapewright::iter::IndexedIter;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<'a>(x: IndexedIter<'a, f32, (Sub,)>) -> IndexedIter<'a, f32, (Super,)> {
    x
}

fn main() {}
