use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(pub Words = 50257);

fn embedded(table: &Tensor<f32, shape![Words, 64]>, text: &Tensor<u32, shape![8, 128]>) -> Tensor<f32, shape![8, 64]> {
    table.take(Words, text).to_tensor()
}

fn main() {}
