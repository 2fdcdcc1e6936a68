//! Along the last axis, where an axis before it differs.

use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn join(a: &Tensor<f32, shape![3, 4]>, b: &Tensor<f32, shape![2, 5]>) {
    let _ = a.concat(b, Axis::<1>);
}

fn main() {}
