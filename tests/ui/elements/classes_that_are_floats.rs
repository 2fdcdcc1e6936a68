use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn vectors(labels: &Tensor<f32, shape![32]>) -> Tensor<f32, shape![32, 10]> {
    labels.one_hot::<f32, _>(Dim::<10>).to_tensor()
}

fn main() {}
