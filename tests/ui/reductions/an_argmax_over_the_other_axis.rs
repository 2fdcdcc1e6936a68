use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn errors<N: Length, C: Length>(scores: &Tensor<f32, (N, C)>, labels: &Tensor<usize, (N,)>) -> usize {
    scores.argmax_axis(Axis::<0>).not_equal(labels).count_nonzero()
}

fn main() {}
