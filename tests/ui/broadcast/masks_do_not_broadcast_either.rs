use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn both(
    valid: &Tensor<bool, shape![1000, 256]>,
    chosen: &Tensor<bool, shape![1000]>,
) -> Tensor<bool, shape![1000, 256]> {
    (valid & chosen).to_tensor()
}

fn main() {}
