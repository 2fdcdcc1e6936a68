use shapewright::prelude::*;
use shapewright::{Length, Tensor, dim};

dim!(pub T = 128, pub D = 64);

fn over_time<T: Length>(x: &Tensor<f32, (T, D)>) -> Tensor<f32, (D,)> {
    x.sum_axis(T).to_tensor()
}

fn main() {}
