use shapewright::Dim;
use shapewright::nn::Conv2d;
use shapewright::prelude::*;

fn weigh(conv: &Conv2d<Dim<6>, Dim<8>, 3, 1, 1, 1, 4>) -> f32 {
    conv.weight().sum()
}

fn main() {}
