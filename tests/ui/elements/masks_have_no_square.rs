use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn square(mask: &Tensor<bool, shape![3]>) -> Tensor<bool, shape![3]> {
    mask.square().to_tensor()
}

fn main() {}
