//! No panic is reachable in reductions and searches of static shapes.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static READINGS: Array<f32, shape![100, 3]> = Array::splat(1.5);
static CUBE: Array<f32, shape![4, 5, 6]> = Array::splat(2.5);

shapewright_firmware_costs::no_panic! {
    let (x, cube) = (black_box(&READINGS), black_box(&CUBE));
    let all = (x.sum(), x.mean(), x.var(), x.std(), x.max(), x.min(), x.prod());
    let places = (x.argmax(), x.argmin(), x.greater(1.0).count_nonzero(), x.less(3.0).all(), x.less(0.0).any());
    let columns = (
        x.sum_axis(Axis::<0>).to_array(),
        x.mean_axis(Axis::<0>).to_array(),
        x.var_axis(Axis::<0>).to_array(),
        x.max_axis(Axis::<0>).to_array(),
        x.argmax_axis(Axis::<0>).to_array(),
    );
    let rows = (
        x.sum_axis(Axis::<1>).to_array(),
        x.std_axis(Axis::<1>).to_array(),
        x.min_axis(Axis::<1>).to_array(),
    );
    let centred = (x - x.mean_axis(Axis::<0>)).to_array();
    let middle = cube.sum_axis(Axis::<1>).to_array();
    let several = cube.mean_axis((Axis::<0>, Axis::<2>)).to_array();
    (all, places, columns, rows, centred, middle, several)
}
