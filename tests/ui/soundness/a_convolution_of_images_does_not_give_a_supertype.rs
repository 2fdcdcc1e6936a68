use shapewright::Dim;
use shapewright::nn::{Conv2d, NoBias};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: Conv2d<Dim<2>, Sub, 3, 1, 0, 1, 1, NoBias>) -> Conv2d<Dim<2>, Super, 3, 1, 0, 1, 1, NoBias> {
    x
}

fn main() {}
