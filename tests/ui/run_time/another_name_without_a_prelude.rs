//! The same with everything imported by name.

use shapewright::{Dim, Dyn, Tensor, dim};

dim!(Batch, Rows);

fn add(x: &Tensor<f32, (Dyn<Batch>, Dim<3>)>, y: &Tensor<f32, (Dyn<Rows>, Dim<3>)>) {
    let _ = x + y;
}

fn main() {}
