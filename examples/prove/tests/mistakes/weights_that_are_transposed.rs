use shapewright::prelude::*;
use shapewright::{Tensor, shape};
use shapewright_prove::{Channels, Classes, Data, Readings};

fn scores(x: &Data, weights: &Tensor<f32, shape![Classes, Channels]>) -> Tensor<f32, shape![?Readings, Classes]> {
    x.matmul(weights).to_tensor()
}

fn main() {}
