//! No panic is reachable in operations on static shapes that are too large to be compiled for their
//! shape: softmax, sums of exponentials, and the end of a convolutional network.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::nn::{Conv2d, WithBias};
use shapewright::{Dim, Inline, prelude::*};

static SCORES: Array<f32, shape![64, 10]> = Array::splat(1.5);
static LONG: Array<f32, shape![2000]> = Array::splat(0.5);
static IMAGE: Array<f32, shape![{ 1 }, { 1 }, 8, 8]> = Array::splat(1.5);

shapewright_firmware_costs::no_panic! {
    let (scores, long, image) = (black_box(&SCORES), black_box(&LONG), black_box(&IMAGE));
    let chances = (scores.softmax(Axis::<0>).to_array(), (scores * 2.0).log_softmax(Axis::<1>).to_array());
    let exponents = (long.logsumexp(), scores.logsumexp_axis(Axis::<0>).to_array());
    let weight = Array::<f32, shape![4, { 1 }, 3, 3]>::splat(0.5);
    let conv: Conv2d<Dim<1>, Dim<4>, 3, 1, 1, 1, 1, WithBias, f32, Inline> = Conv2d::new(weight, Array::splat(0.5));
    let pooled = conv.forward(image).max_axis((Axis::<2>, Axis::<3>)).to_array();
    (chances, exponents, pooled)
}
