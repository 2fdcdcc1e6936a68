use shapewright::prelude::*;
use shapewright::{Array, StaticLength, shape};

fn doubled<N: StaticLength>(x: &Array<f32, (N,)>) -> Array<f32, (N,)> {
    (x * 2.0).to_array()
}

fn run(x: &Array<f32, shape![1]>) -> Array<f32, shape![1]> {
    doubled(x)
}

fn main() {}
