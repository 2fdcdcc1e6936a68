use shapewright::{Tensor, shape};

fn ramp() -> Tensor<f32, shape![3, 4]> {
    Tensor::from_fn(|[i]| i as f32)
}

fn main() {}
