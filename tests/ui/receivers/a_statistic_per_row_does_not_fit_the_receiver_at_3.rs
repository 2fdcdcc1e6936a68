use shapewright::{Tensor, shape};

fn center(x: &mut Tensor<f32, shape![3, 4]>, mean: &Tensor<f32, shape![3]>) {
    *x -= mean;
}

fn main() {}
