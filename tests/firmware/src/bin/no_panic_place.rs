//! No panic is reachable in a search along an axis. This is a separate program, as other code in a
//! program may help the optimiser.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static READINGS: Array<f32, shape![100, 3]> = Array::splat(1.5);

shapewright_firmware_costs::no_panic! {
    black_box(&READINGS).argmax_axis(Axis::<0>).to_array()
}
