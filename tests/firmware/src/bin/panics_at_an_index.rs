//! The control for the programs that link only if no panic is reachable: a run-time index panics if
//! it is past the end, so this must not link.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static READINGS: Array<f32, shape![20, 3]> = Array::splat(1.5);

shapewright_firmware_costs::no_panic! {
    READINGS[[black_box(3), black_box(1)]]
}
