use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn vectors(labels: &Tensor<u8, shape![2, 2, 2, 2, 2, 2, 2, 2]>) -> f32 {
    labels.one_hot::<f32, _>(Dim::<10>).sum()
}

fn main() {}
