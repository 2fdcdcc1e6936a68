use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch = 8, Heads = 12, Queries = 64, Keys = 64);

fn mask(
    scores: &Tensor<f32, (Batch, Heads, Queries, Keys)>,
    mask: &Tensor<f32, shape![Batch, 1, Keys, Keys]>,
) -> Tensor<f32, (Batch, Heads, Queries, Keys)> {
    (scores + mask).to_tensor()
}

fn main() {}
