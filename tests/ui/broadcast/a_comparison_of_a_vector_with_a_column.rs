use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Samples = 50257);

fn correct(
    predicted: &Tensor<u32, (Samples,)>,
    labels: &Tensor<u32, shape![Samples, 1]>,
) -> Tensor<bool, (Samples,)> {
    predicted.not_equal(labels).to_tensor()
}

fn main() {}
