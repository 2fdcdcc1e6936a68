//! Two lengths of run time, from a vector.

use shapewright::{Tensor, dim, shape};

dim!(Rows, Columns);

fn make(elements: Vec<f32>) {
    let _ = Tensor::<f32, shape![?Rows, ?Columns]>::from_vec(elements);
}

fn main() {}
