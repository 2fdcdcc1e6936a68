use shapewright::prelude::*;
use shapewright::{Expr, Lazy, Length, Tensor};

fn center<N: Length, C: Length>(
    x: Lazy<impl Expr<Elem = f32, Shape = (N, C)>>,
    mean: Lazy<impl Expr<Elem = f32, Shape = (N,)>>,
) -> Tensor<f32, (N, C)> {
    (x - mean).to_tensor()
}

fn main() {}
