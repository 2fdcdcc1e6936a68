use shapewright::{Tensor, prelude::*};

fn image(x: &Tensor<f32, shape![3, 4]>) {
    let _ = x.expand_dims((Axis::<0>, Axis::<0>));
}

fn main() {}
