use shapewright::nn::Layer;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

struct Double;
impl<N: Length> Layer<(N, Dim<10>)> for Double {
    type Output = (N, Dim<10>);
    fn forward(&self, x: Tensor<f32, (N, Dim<10>)>) -> Tensor<f32, (N, Dim<10>)> {
        (x * 2.0).to_tensor()
    }
}

fn doubled(x: Tensor<f32, shape![32, 20]>) -> f32 {
    Layer::forward(&Double, x).sum()
}

fn main() {}
