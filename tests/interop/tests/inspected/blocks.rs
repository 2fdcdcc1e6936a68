use shapewright::nn::{Linear, NoBias};
use shapewright::{Dim, Tensor, Weights, shape};

#[derive(Weights)]
pub struct Net {
    pub blocks: [Block; 2],
}

#[derive(Weights)]
pub struct Block {
    pub fc: Linear<Dim<2>, Dim<2>, NoBias>,
    pub scale: Tensor<f32, shape![2]>,
}
