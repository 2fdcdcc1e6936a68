use shapewright::{Tensor, prelude::*};

fn sums<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Vec<f32> {
    x.t().rows().map(|column| column.sum()).collect()
}

fn main() {}
