//! A network of two layers in 8-bit integers, whose sums have 32 bits: digits again, with a quarter
//! of the memory, and exactly the same numbers on any target.

use shapewright::{Flash, Tensor, Weights, include_safetensors, prelude::*};

use crate::digits::{Classes, IMAGES, Images};

dim!(pub Pixels = 64, pub Hidden = 32);

/// The network, as `data/make_quantised.py` writes it.
#[derive(Debug, Weights)]
pub struct Network {
    w1: Tensor<i8, shape![Hidden, Pixels], Flash>,
    b1: Tensor<i32, shape![Hidden], Flash>,
    w2: Tensor<i8, shape![Classes, Hidden], Flash>,
    b2: Tensor<i32, shape![Classes], Flash>,
    /// The number of bits by which the sums of the first layer are shifted to fit 8 bits.
    shift: Tensor<i32, shape![{ 1 }], Flash>,
}

/// The weights, 2.5 KB of flash.
pub static NETWORK: Network =
    Network::included(include_safetensors!("../../data/quantised.safetensors"));

/// The pixels of the `k`-th of the 16 images: counts from 0 to 16.
///
/// # Panics
/// If there is no such image.
pub fn image(k: usize) -> Array<i8, shape![Pixels]> {
    IMAGES.index_axis(Images, k).map(|count| count as i8).reshape(shape![Pixels]).to_array()
}

impl Network {
    /// A score for each digit.
    #[inline(never)]
    pub fn scores(&self, image: &Array<i8, shape![Pixels]>) -> Array<i32, shape![Classes]> {
        let (shift, half) = (self.shift[0], 1 << (self.shift[0] - 1));
        let sums = dense(&self.w1, image) + &self.b1;
        // Rounds, and applies the ReLU.
        let hidden = ((sums + half) >> shift).clip(0, 127).map(|sum| sum as i8).to_array();
        (dense(&self.w2, &hidden) + &self.b2).to_array()
    }
}

/// `w @ x`, summed in 32 bits. Each row is multiplied and summed while it is read: nothing as large
/// as `w` is stored.
fn dense<Out: StaticLength, In: StaticLength>(
    w: &Tensor<i8, (Out, In), Flash>,
    x: &Array<i8, (In,)>,
) -> Array<i32, (Out,)> {
    (w.widen::<i32>() * x.widen::<i32>()).sum_axis(Axis::<1>).to_array()
}
