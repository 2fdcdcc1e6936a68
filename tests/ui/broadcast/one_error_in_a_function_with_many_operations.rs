use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn train<N: Length, C: Length>(
    x: &Tensor<f32, (N, C)>,
    y: &Tensor<f32, (N,)>,
    w: &mut Tensor<f32, (C,)>,
) -> f32 {
    let predicted = x.matmul(&*w).to_tensor();
    let residual = (&predicted - y).to_tensor();
    let gradient = (x * &residual).mean_axis(Axis::<0>).to_tensor();
    *w -= &gradient * 0.1;
    residual.square().mean()
}

fn main() {}
