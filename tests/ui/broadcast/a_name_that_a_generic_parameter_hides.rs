use shapewright::prelude::*;
use shapewright::{Length, Tensor, dim, shape};

dim!(pub T = 128, pub D = 64);

fn shifted<T: Length>(x: &Tensor<f32, (T, D)>, by: &Tensor<f32, (D,)>) -> f32 {
    (x - by.broadcast_to(shape![T, D])).sum()
}

fn main() {}
