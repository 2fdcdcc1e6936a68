use shapewright::Dim;
use shapewright::nn::Conv1d;
use shapewright::prelude::*;

fn weigh(conv: &Conv1d<Dim<8>, Dim<6>, 3, 1, 1, 1, 4>) -> f32 {
    conv.weight().sum()
}

fn main() {}
