//! The inner axes of a product have different names.

use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch, Queries, Keys);

fn scores(q: &Tensor<f32, shape![?Queries, 64]>, k: &Tensor<f32, shape![?Keys, 64]>) {
    let _ = q.matmul(k);
}

fn main() {}
