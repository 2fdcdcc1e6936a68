use shapewright::prelude::*;
use shapewright::{Length, One, Tensor};

fn column<N: Length>(x: &Tensor<f32, (N,)>) -> Tensor<f32, (One, N)> {
    x.expand_dims(Axis::<-3>).to_tensor()
}

fn main() {}
