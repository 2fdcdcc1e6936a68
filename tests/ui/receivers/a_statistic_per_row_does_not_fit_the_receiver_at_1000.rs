use shapewright::{Tensor, shape};

fn center(x: &mut Tensor<f32, shape![1000, 256]>, mean: &Tensor<f32, shape![1000]>) {
    *x -= mean;
}

fn main() {}
