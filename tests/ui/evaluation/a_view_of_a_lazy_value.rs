use shapewright::{Tensor, shape};

fn first(x: &Tensor<f32, shape![2, 3]>) -> f32 {
    (x + 1.0).view()[[0, 0]]
}

fn main() {}
