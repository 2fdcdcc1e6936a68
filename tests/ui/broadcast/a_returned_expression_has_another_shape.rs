use shapewright::{Expr, Lazy, Length, Tensor};

fn centered<N: Length, C: Length>(
    x: &Tensor<f32, (N, C)>,
    mean: &Tensor<f32, (C,)>,
) -> Lazy<impl Expr<Elem = f32, Shape = (C, N)>> {
    x - mean
}

fn main() {}
