//! The quantised network with loops.

use shapewright::io::Included;
use shapewright::{Flash, Tensor, include_safetensors, prelude::*};

const FILE: Included = include_safetensors!("../../../data/quantised.safetensors");
static W1: Tensor<i8, shape![32, 64], Flash> = FILE.view("w1");
static B1: Tensor<i32, shape![32], Flash> = FILE.view("b1");
static W2: Tensor<i8, shape![10, 32], Flash> = FILE.view("w2");
static B2: Tensor<i32, shape![10], Flash> = FILE.view("b2");
static SHIFT: Tensor<i32, shape![{ 1 }], Flash> = FILE.view("shift");

/// A score for each digit, from pixels that are counts from 0 to 16.
#[inline(never)]
pub fn scores(image: &[i8; 64]) -> [i32; 10] {
    let shift = SHIFT[0];
    let sums: [i32; 32] = dense(elements(&W1), image, elements(&B1));
    let hidden = sums.map(|sum| ((sum + (1 << (shift - 1))) >> shift).clamp(0, 127) as i8);
    dense(elements(&W2), &hidden, elements(&B2))
}

fn elements<T: shapewright::Element, S: Shape>(tensor: &Tensor<T, S, Flash>) -> &'static [T] {
    tensor.to_slice().expect("tensors in flash have no gaps")
}

fn dense<const OUT: usize, const IN: usize>(
    weight: &[i8],
    x: &[i8; IN],
    bias: &[i32],
) -> [i32; OUT] {
    let mut to = [0; OUT];
    for ((to, row), bias) in to.iter_mut().zip(weight.as_chunks::<IN>().0).zip(bias) {
        *to = row.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x)).sum::<i32>() + bias;
    }
    to
}
