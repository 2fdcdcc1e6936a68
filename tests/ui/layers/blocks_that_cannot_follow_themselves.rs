use shapewright::nn::{Layer, Linear};
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn deep(blocks: &[Linear<Dim<128>, Dim<64>>; 3], x: Tensor<f32, shape![32, 128]>) -> f32 {
    blocks.forward(x).sum()
}

fn main() {}
