use shapewright::{Tensor, shape};

fn center(x: &mut Tensor<f32, shape![50257, 768]>, mean: &Tensor<f32, shape![50257]>) {
    *x -= mean;
}

fn main() {}
