use shapewright::nn::attention;
use shapewright::prelude::*;
use shapewright::{Tensor, shape};

dim!(Heads = 12, Width = 64, Queries, Keys);

fn attend(
    q: &Tensor<f32, shape![Heads, ?Queries, Width]>,
    k: &Tensor<f32, shape![Heads, ?Keys, Width]>,
    mask: &Tensor<bool, shape![?Keys, ?Queries]>,
) -> f32 {
    attention(q, k, k, mask).sum()
}

fn main() {}
