use shapewright::{Length, One, Tensor};

fn double<N: Length, C: Length>(out: &mut Tensor<f32, (N, One)>, x: &Tensor<f32, (N, C)>) {
    out.assign(x * 2.0);
}

fn main() {}
