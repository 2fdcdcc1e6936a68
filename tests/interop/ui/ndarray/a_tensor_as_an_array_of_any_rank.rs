use ndarray::ArrayViewD;
use shapewright::{Length, Tensor};

fn any<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> ArrayViewD<'_, f32> {
    ArrayViewD::from(x)
}

fn main() {}
