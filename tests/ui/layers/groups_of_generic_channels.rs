use shapewright::nn::Conv2d;
use shapewright::prelude::*;

fn weigh<C: Length>(conv: &Conv2d<C, C, 3, 1, 1, 1, 2>) -> f32 {
    conv.weight().sum()
}

fn main() {}
