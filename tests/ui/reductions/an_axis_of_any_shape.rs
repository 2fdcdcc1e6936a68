use shapewright::prelude::*;
use shapewright::{Shape, Tensor};

fn greatest<S: Shape>(x: &Tensor<f32, S>) -> usize {
    x.argmax_axis(Axis::<0>).sum()
}

fn main() {}
