use shapewright::{Tensor, prelude::*};

fn show(x: &Tensor<f32, shape![1000, 256]>) {
    println!("{:.2}", x.mean_axis(Axis::<0>));
}

fn main() {}
