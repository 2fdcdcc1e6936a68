//! No panic is reachable in arithmetic, functions, comparisons, masks and clips of static shapes.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static READINGS: Array<f32, shape![20, 3]> = Array::splat(1.5);
static OFFSETS: Array<f32, shape![3]> = Array::splat(0.5);
static COUNTS: Array<i32, shape![20, 3]> = Array::splat(7);

shapewright_firmware_costs::no_panic! {
    let (x, offsets, counts) = (black_box(&READINGS), black_box(&OFFSETS), black_box(&COUNTS));
    let shifted = ((x - offsets) * 2.0 / (offsets + 1.0)).to_array();
    let functions = (x.exp() + x.abs().ln() + x.tanh() * x.sigmoid() + x.sqrt() + x.round()).to_array();
    let angles = (x.sin() + x.cos() + x.tan()).to_array();
    let activations = (x.gelu() + x.silu() + x.relu()).to_array();
    let powers = (x.powf(1.5) + x.powi(3) + x.expm1() + x.log1p() + x.rsqrt() + x.recip()).to_array();
    let mask = (x.greater(offsets) & x.less(4.0)).to_array();
    let chosen = mask.where_(x, offsets).to_array();
    let clipped = x.clip(-1.0, 1.0).maximum(offsets).minimum(0.5).to_array();
    let halves = (counts / 2 % 3 - 1).to_array();
    let mut kept = *x;
    kept -= offsets;
    kept.assign(&kept.to_array() * 0.5);
    kept.map_in_place(|x| x + 1.0);
    (shifted, functions, angles, activations, powers, chosen, clipped, halves, kept)
}
