use shapewright::{Tensor, dim};

dim!(Batch = 1000, Features = 256);

fn center(x: &mut Tensor<f32, (Batch, Features)>, mean: &Tensor<f64, (Features,)>) {
    *x -= mean;
}

fn main() {}
