//! A generic length, from a vector.

use shapewright::{Length, Tensor};

fn make<N: Length>(elements: Vec<f32>) {
    let _ = Tensor::<f32, (N,)>::from_vec(elements);
}

fn main() {}
