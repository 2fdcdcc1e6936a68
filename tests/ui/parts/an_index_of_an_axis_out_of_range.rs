use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn first<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) {
    let _ = x.index_axis(Axis::<2>, 0);
}

fn main() {}
