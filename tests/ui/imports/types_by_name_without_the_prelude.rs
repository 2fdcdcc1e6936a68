use shapewright::{Dim, One, Tensor};

fn center(x: &Tensor<f32, (Dim<1000>, Dim<256>)>, mean: &Tensor<f32, (Dim<1000>,)>, column: &Tensor<f32, (Dim<1000>, One)>) {
    let _right = x - column;
    let _wrong = x - mean;
}

fn main() {}
