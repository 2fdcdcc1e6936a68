// All names begin with `module.`: `Net::load_prefixed("module.", path)`.
use shapewright::nn::{Embedding, LayerNorm, Linear, NoBias};
use shapewright::{Dim, Weights};

#[derive(Weights)]
pub struct Net {
    pub block: Block,
    pub embedding: Embedding<Dim<11>, Dim<8>>,
    pub head: Linear<Dim<8>, Dim<11>, NoBias>,
    #[weights(eps = 1e-5)]
    pub norm: LayerNorm<Dim<8>>,
    pub positions: Embedding<Dim<6>, Dim<8>>,
}

#[derive(Weights)]
pub struct Block {
    pub attention: Attention,
    pub down: Linear<Dim<16>, Dim<8>>,
    #[weights(eps = 1e-5)]
    pub norm1: LayerNorm<Dim<8>>,
    #[weights(eps = 1e-5)]
    pub norm2: LayerNorm<Dim<8>>,
    pub up: Linear<Dim<8>, Dim<16>>,
}

#[derive(Weights)]
pub struct Attention {
    pub k: Linear<Dim<8>, Dim<8>>,
    pub out: Linear<Dim<8>, Dim<8>>,
    pub q: Linear<Dim<8>, Dim<8>>,
    pub v: Linear<Dim<8>, Dim<8>>,
}
