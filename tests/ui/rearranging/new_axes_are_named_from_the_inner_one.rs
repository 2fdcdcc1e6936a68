use shapewright::{Tensor, prelude::*};

fn image<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) {
    let _ = x.expand_dims((Axis::<2>, Axis::<0>));
}

fn main() {}
