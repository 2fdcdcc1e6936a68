use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn count(
    valid: &Tensor<bool, shape![1000]>,
    chosen: &Tensor<bool, shape![1000]>,
) -> Tensor<bool, shape![1000]> {
    (valid + chosen).to_tensor()
}

fn main() {}
