use shapewright::ops::AxisMoments;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E, K>(x: AxisMoments<E, (Sub,), K>) -> AxisMoments<E, (Super,), K> {
    x
}

fn main() {}
