use shapewright::{Tensor, shape};

fn same(x: &Tensor<f32, shape![3]>, y: &Tensor<f64, shape![3]>) -> bool {
    x == y
}

fn main() {}
