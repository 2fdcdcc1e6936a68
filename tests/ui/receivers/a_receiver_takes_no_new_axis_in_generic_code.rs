use shapewright::{Length, Tensor};

fn add<N: Length, C: Length>(total: &mut Tensor<f32, (C,)>, x: &Tensor<f32, (N, C)>) {
    *total += x;
}

fn main() {}
