use shapewright::prelude::*;
use shapewright::{Dim, Length, StaticShape, Tensor};

fn below<N: Length>(first: &Tensor<f32, (Dim<3>, Dim<4>)>, second: &Tensor<f32, (N, Dim<4>)>, all: N) -> f32
where
    (N, Dim<4>): StaticShape,
{
    first.concat_to(second, Axis::<0>, all).sum()
}

fn main() {}
