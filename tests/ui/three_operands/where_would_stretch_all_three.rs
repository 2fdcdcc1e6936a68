use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn choose(
    plane: &Tensor<bool, shape![1, 3, 4]>,
    slab: &Tensor<f32, shape![2, 1, 4]>,
    column: &Tensor<f32, shape![2, 3, 1]>,
) -> Tensor<f32, shape![2, 3, 4]> {
    plane.where_(slab, column).to_tensor()
}

fn main() {}
