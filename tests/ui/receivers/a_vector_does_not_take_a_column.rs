use shapewright::{Tensor, shape};

fn scale(x: &mut Tensor<f32, shape![3]>, by: &Tensor<f32, shape![3, 1]>) {
    *x *= by;
}

fn main() {}
