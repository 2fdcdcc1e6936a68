//! The control of the programs that link only if no panic is reachable: an index of run time panics
//! where it is past the end, so that this must not link.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static READINGS: Array<f32, shape![20, 3]> = Array::splat(1.5);

shapewright_firmware_costs::no_panic! {
    READINGS[[black_box(3), black_box(1)]]
}
