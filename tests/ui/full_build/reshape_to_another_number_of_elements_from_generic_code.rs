use shapewright::prelude::*;
use shapewright::{Dim, Length, Tensor, shape};

fn image<N: Length>(x: &Tensor<f32, (N, Dim<64>)>, n: N) -> Tensor<f32, (N, Dim<8>, Dim<9>)> {
    x.reshape_to((n, Dim, Dim)).to_tensor()
}

fn run(x: &Tensor<f32, shape![50257, 64]>) -> Tensor<f32, shape![50257, 8, 9]> {
    image(x, Dim)
}

fn main() {
    run(&Tensor::zeros());
}
