use shapewright::{Length, Tensor};

fn center<N: Length, C: Length>(x: &mut Tensor<f32, (N, C)>, mean: &Tensor<f32, (N,)>) {
    *x -= mean;
}

fn main() {}
