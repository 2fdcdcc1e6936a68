//! No panic is reachable in layers of static shapes.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::nn::{BatchNorm, Conv2d, LayerNorm, Linear, MaxPool2d, WithBias};
use shapewright::{Dim, Inline, prelude::*};

static IMAGE: Array<f32, shape![{ 1 }, { 1 }, 8, 8]> = Array::splat(1.5);
static ROWS: Array<f32, shape![5, 16]> = Array::splat(0.5);

shapewright_firmware_costs::no_panic! {
    let (image, x) = (black_box(&IMAGE), black_box(&ROWS));
    let linear = Linear::new(Array::<f32, shape![4, 16]>::splat(0.5), Array::splat(1.0));
    let scores = linear.forward(x).relu().to_array();
    let norm = BatchNorm::new(Array::<f32, shape![4]>::splat(0.5), Array::splat(1.0), Array::splat(0.1), Array::splat(0.1), 1e-5);
    let normalized = norm.forward(&scores).to_array();
    let layer_norm = LayerNorm::new(Array::<f32, shape![16]>::splat(0.5), Array::splat(1.0), 1e-5);
    let standard = layer_norm.forward(x).to_array();
    let weight = Array::<f32, shape![4, { 1 }, 3, 3]>::splat(0.5);
    let conv: Conv2d<Dim<1>, Dim<4>, 3, 1, 1, 1, 1, WithBias, f32, Inline> = Conv2d::new(weight, Array::splat(0.5));
    let features = conv.forward(image).relu().to_array();
    let pooled = MaxPool2d::<2>.forward(&features).to_array();
    let chances = scores.softmax(Axis::<1>).to_array();
    (normalized, standard, pooled, chances)
}
