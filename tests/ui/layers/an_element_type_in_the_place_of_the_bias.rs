use shapewright::Dim;
use shapewright::nn::Linear;
use shapewright::prelude::*;

fn weigh(layer: &Linear<Dim<784>, Dim<128>, f64>) -> f64 {
    layer.weight().sum()
}

fn main() {}
