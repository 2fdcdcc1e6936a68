use shapewright::prelude::*;
use shapewright::{Shape, Tensor};

fn pairs<S: Shape>(x: &Tensor<f32, S>) -> f32 {
    x.windows(Axis::<0>, Window::<2>).sum()
}

fn main() {}
