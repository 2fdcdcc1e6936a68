use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn first(x: &Tensor<f32, shape![2, 3, 4]>) {
    let _ = x.index_axis((Axis::<0>, Axis::<1>), 0);
}

fn main() {}
