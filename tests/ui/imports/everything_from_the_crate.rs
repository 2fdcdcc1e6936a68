use shapewright::*;

fn center(x: &Tensor<f32, shape![3, 4]>, mean: &Tensor<f32, shape![3]>) {
    let _ = x - mean;
}

fn main() {}
