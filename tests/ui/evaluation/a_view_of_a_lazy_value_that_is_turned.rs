use shapewright::{Tensor, TensorView, prelude::*, shape};

fn first(x: &Tensor<f32, shape![2, 3]>) -> f32 {
    let turned: TensorView<f32, shape![3, 2]> = (x + 1.0).t().view();
    turned[[0, 0]]
}

fn main() {}
