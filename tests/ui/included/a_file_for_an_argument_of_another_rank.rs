use shapewright::{Length, TensorView, include_npy, prelude::*};

fn trace<N: Length>(x: &TensorView<f32, (N, N)>) -> f32 {
    x.sum()
}

fn main() {
    trace(&include_npy!("stats.npy"));
}
