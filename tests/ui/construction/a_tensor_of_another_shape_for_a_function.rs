use shapewright::{Tensor, shape};

fn classify(_features: &Tensor<f32, shape![256]>) {}

fn run(image: &Tensor<f32, shape![1000]>) {
    classify(image);
}

fn main() {}
