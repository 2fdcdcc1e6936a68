use shapewright::prelude::*;
use shapewright::{Tensor, dim};

dim!(Batch = 32, Features = 256);

fn variance(x: &Tensor<f32, (Batch, Features)>) -> Tensor<f32, (Features,)> {
    x.var_axis(Axis::<-3>).to_tensor()
}

fn main() {}
