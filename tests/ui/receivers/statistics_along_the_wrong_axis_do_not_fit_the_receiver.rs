use shapewright::{Tensor, dim};

dim!(Batch = 256, Features = 256);

fn center(x: &mut Tensor<f32, (Batch, Features)>, mean: &Tensor<f32, (Batch,)>) {
    *x -= mean;
}

fn main() {}
