use shapewright::nn::Conv2d;
use shapewright::prelude::*;

dim!(Rgb = 3);

fn weigh(conv: &Conv2d<Rgb, Rgb, 3, 1, 1, 1, 2>) -> f32 {
    conv.weight().sum()
}

fn main() {}
