use shapewright::nn::Embedding;
use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn embed(embedding: &Embedding<Dim<50257>, Dim<768>>, words: &Tensor<f32, shape![8, 128]>) -> f32 {
    embedding.forward(words).sum()
}

fn main() {}
