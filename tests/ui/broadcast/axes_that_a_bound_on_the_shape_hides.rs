use shapewright::prelude::*;
use shapewright::{Length, StaticShape, Tensor};

fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, mean: &Tensor<f32, (C,)>) -> Tensor<f32, (N, C)>
where
    (N, C): StaticShape,
{
    (x - mean).to_tensor()
}

fn main() {}
