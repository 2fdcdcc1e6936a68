use shapewright::prelude::*;
use shapewright::{Array, Length};

fn doubled<N: Length>(x: &Array<f32, (N,)>) -> Array<f32, (N,)> {
    (x * 2.0).to_array()
}

fn main() {}
