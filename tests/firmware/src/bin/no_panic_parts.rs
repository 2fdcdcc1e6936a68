//! No panic is reachable in slices, windows, rearrangements and indices that are constants.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::{Span, Window, prelude::*};

static READINGS: Array<f32, shape![20, 3]> = Array::splat(1.5);

shapewright_firmware_costs::no_panic! {
    let x = black_box(&READINGS);
    let rows = x.slice(Axis::<0>, Span::<2, 10>).to_array();
    let windows = x.windows(Axis::<0>, Window::<4>).mean_axis(Axis::<-1>).to_array();
    let columns = x.permute_dims((Axis::<1>, Axis::<0>)).to_array();
    let joined = x.concat(x, Axis::<0>).to_array();
    let reversed = x.flip(Axis::<0>).reshape(shape![60]).to_array();
    let corner = (x[[0, 0]], x[[19, 2]]);
    let mut changed = *x;
    changed[[3, 1]] = 2.0;
    (rows, windows, columns, joined, reversed, corner, changed)
}
