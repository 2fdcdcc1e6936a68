//! A rename says of a name how long it is, where that is another length.

use shapewright::{Tensor, dim, shape};

dim!(Rows = 3);

fn other(x: &Tensor<f32, shape![Rows, 3]>) {
    let _ = x.view().rename::<shape![4, Rows]>();
}

fn main() {}
