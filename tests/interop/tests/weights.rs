//! Weights of structs, from files and to them.

use shapewright::io::safetensors::SafeTensorsWriter;
use shapewright::nn::{BatchNorm, Linear, Relu};
use shapewright::weights::{Weights, WeightsFile};
use shapewright::{Dim, Length, Tensor, prelude::*, tensor};

#[derive(Weights)]
struct Block<C: Length> {
    fc: Linear<C, C>,
    #[weights(eps = 1e-5)]
    norm: BatchNorm<C>,
}

#[derive(Weights)]
struct Net {
    fc1: Linear<Dim<4>, Dim<3>>,
    blocks: [Block<Dim<3>>; 2],
    #[weights(rename = "features.0")]
    head: Linear<Dim<3>, Dim<2>>,
    #[weights(eps = 1e-3)]
    mlp: (Linear<Dim<3>, Dim<3>>, Relu, BatchNorm<Dim<3>>),
    scale: Tensor<f32, shape![10]>,
    #[weights(skip)]
    cache: usize,
}

#[test]
fn trial() {
    let bytes = SafeTensorsWriter::new()
        .with("fc1.weight", &tensor![[1.0f32, 2.0], [3.0, 4.0]])
        .with("fc2", &tensor![1.0f32])
        .to_bytes()
        .unwrap();
    let error = WeightsFile::from_bytes(&bytes).unwrap().load::<Net>().err().unwrap();
    println!("{error}");
    panic!();
}
