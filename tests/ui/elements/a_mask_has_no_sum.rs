use shapewright::prelude::*;
use shapewright::{Length, Tensor};

fn count<N: Length>(valid: &Tensor<bool, (N,)>) -> bool {
    valid.sum()
}

fn main() {}
