use shapewright::prelude::*;
use shapewright::{Element, Length, Tensor};

fn double<T: Element, N: Length>(x: &Tensor<T, (N,)>) -> Tensor<T, (N,)> {
    (x + x).to_tensor()
}

fn main() {}
