use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn product(a: &Tensor<bool, shape![3, 4]>, b: &Tensor<bool, shape![4, 5]>) -> Tensor<bool, shape![3, 5]> {
    a.matmul(b).to_tensor()
}

fn main() {}
