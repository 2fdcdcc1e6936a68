use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 8, Heads = 8, Rows = 3, Inner = 4, Columns = 5);

fn product(
    a: &Tensor<f32, (Batch, Rows, Inner)>,
    b: &Tensor<f32, (Heads, Inner, Columns)>,
) -> Tensor<f32, (Batch, Rows, Columns)> {
    a.matmul(b).to_tensor()
}

fn main() {}
