//! The first example of the README: statistics of each column, and data centred and scaled by them.

use shapewright::{Tensor, prelude::*, shape};

fn main() {
    // 1000 rows of 256 features, on the heap. The shape is part of the type.
    let x = Tensor::<f32, shape![1000, 256]>::from_fn(|[i, j]| ((i * i + j) % 97) as f32);

    let mean = x.mean_axis(Axis::<0>).to_tensor(); // Tensor<f32, shape![256]>
    let var = x.var_axis(Axis::<0>).to_tensor();

    // Lazy until `to_tensor`: one pass over the rows, one allocation. The square root is taken 256
    // times, not 256 000.
    let y = ((&x - &mean) / (&var + 1e-5).sqrt()).to_tensor();

    println!("x[3, 5] = {} is {:.4} standard deviations from the mean", x[[3, 5]], y[[3, 5]]);
    // `&x - x.mean_axis(Axis::<1>)` does not compile: statistics of the rows, (1000,), do not fit
    // (1000, 256).
}
