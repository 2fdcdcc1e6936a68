use shapewright::prelude::*;
use shapewright::{Array, dim};

dim!(State = 4, Measured = 4);

fn volume(a: &Array<f32, (State, Measured)>) -> f32 {
    a.det()
}

fn main() {}
