use shapewright::prelude::*;
use shapewright::{Tensor, shape, stack};

fn main() {
    let none: [&Tensor<f32, shape![3]>; 0] = [];
    let _ = stack(none, Axis::<0>).sum();
}
