use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn greatest(x: &Tensor<f32, shape![0]>) -> [usize; 1] {
    x.argmax()
}

fn main() {
    greatest(&Tensor::zeros());
}
