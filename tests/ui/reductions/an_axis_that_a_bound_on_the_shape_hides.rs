use shapewright::prelude::*;
use shapewright::{Length, StaticShape, Tensor};

fn means<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (N,)>
where
    (N, C): StaticShape,
{
    x.mean_axis(Axis::<1>).to_tensor()
}

fn main() {}
