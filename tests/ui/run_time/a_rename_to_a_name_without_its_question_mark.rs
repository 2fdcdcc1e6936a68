//! A name without a length is no axis, until it is written with a question mark.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn renamed(x: &Tensor<f32, shape![32, 3]>) {
    let _ = x.view().rename::<shape![Batch, 3]>();
}

fn main() {}
