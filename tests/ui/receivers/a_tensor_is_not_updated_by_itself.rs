use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn center(x: &mut Tensor<f32, shape![1000, 256]>) {
    *x -= x.mean_axis(Axis::<0>);
}

fn main() {}
