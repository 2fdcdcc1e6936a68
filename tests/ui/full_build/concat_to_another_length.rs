use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn joined(
    a: &Tensor<f32, shape![1000, 3]>,
    b: &Tensor<f32, shape![50257, 3]>,
) -> Tensor<f32, shape![51256, 3]> {
    a.concat_to(b, Axis::<0>, Dim::<51256>).to_tensor()
}

fn main() {
    joined(&Tensor::zeros(), &Tensor::zeros());
}
