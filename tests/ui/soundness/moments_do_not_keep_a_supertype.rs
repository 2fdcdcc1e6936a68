use shapewright::ops::AxisMoments;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<E, S>(x: AxisMoments<E, S, (Sub,)>) -> AxisMoments<E, S, (Super,)> {
    x
}

fn main() {}
