use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn joined<N: Length, C: Length, D: Length>(
    a: &Tensor<f32, (N, C)>,
    b: &Tensor<f32, (N, D)>,
    length: N,
) -> Tensor<f32, (N, C)> {
    a.concat_to(b, Axis::<0>, length).to_tensor()
}

fn main() {}
