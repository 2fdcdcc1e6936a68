use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn correct<N: Length, C: Length>(
    predicted: &Tensor<u32, (N,)>,
    labels: &Tensor<u32, (C,)>,
) -> Tensor<bool, (N,)> {
    predicted.equal(labels).to_tensor()
}

fn main() {}
