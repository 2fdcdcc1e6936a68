//! No panic is reachable in running sums, padding, triangles, stacks and pairs of static shapes.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::{Pad, Span, prelude::*};

static READINGS: Array<f32, shape![100, 3]> = Array::splat(1.5);
static SQUARE: Array<f32, shape![4, 4]> = Array::splat(0.5);

shapewright_firmware_costs::no_panic! {
    let (x, square) = (black_box(&READINGS), black_box(&SQUARE));
    let running = (x.cumsum(Axis::<0>).to_array(), x.cumsum(Axis::<1>).to_array());
    let padded = x.pad(Axis::<0>, Pad::<2, 1>, 0.0).to_array();
    let triangles = (square.tril(0).to_array(), square.triu(1).to_array());
    let centred = x - x.mean_axis(Axis::<0>);
    let pairs = (centred.expand_dims(Axis::<1>).stretch() * centred.expand_dims(Axis::<2>)).mean_axis(Axis::<0>).to_array();
    let mut kept = *x;
    kept.slice_mut(Axis::<0>, Span::<0, 4>).assign(square.slice(Axis::<1>, Span::<0, 3>) * 2.0);
    (running, padded, triangles, pairs, kept)
}
