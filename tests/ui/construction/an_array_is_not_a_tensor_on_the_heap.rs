use shapewright::{Array, Tensor, shape};

fn run(x: Array<f32, shape![3]>) -> Tensor<f32, shape![3]> {
    x
}

fn main() {}
