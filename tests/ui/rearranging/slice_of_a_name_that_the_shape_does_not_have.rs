use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(Batch = 32, Features = 256);

fn head(x: &Tensor<f32, (Features,)>) -> Tensor<f32, shape![10]> {
    x.slice(Batch, Span::<0, 10>).to_tensor()
}

fn main() {}
