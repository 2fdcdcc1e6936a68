//! As a value, a length of run time is `Batch.of(n)`.

use shapewright::{Tensor, dim, shape};

dim!(Batch);

fn make() {
    let _ = Tensor::<f32, _>::zeros_of(shape![?Batch, 784]);
}

fn main() {}
