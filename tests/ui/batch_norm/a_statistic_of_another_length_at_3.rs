use shapewright::nn::BatchNorm;
use shapewright::prelude::*;
use shapewright::{Array, array, shape};

fn layer(x: &Array<f32, shape![8, 3]>) -> Array<f32, shape![8, 3]> {
    let norm = BatchNorm::new(
        array![1.0, 1.0, 1.0],
        array![0.0, 0.0, 0.0],
        array![0.4, 0.5, 0.6],
        array![0.2, 0.2, 0.2, 0.2],
        1e-5,
    );
    norm.forward(x).to_array()
}

fn main() {}
