use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn vectors(labels: &Tensor<u8, shape![32]>) -> Tensor<f32, shape![10, 32]> {
    labels.one_hot::<f32, _>(Dim::<10>).to_tensor()
}

fn main() {}
