//! No panic is reachable in products of static shapes.

#![no_std]
#![no_main]

use core::hint::black_box;

use shapewright::prelude::*;

static SQUARE: Array<f32, shape![4, 4]> = Array::splat(1.5);
static WIDE: Array<f32, shape![10, 64]> = Array::splat(0.5);
static VECTOR: Array<f32, shape![4]> = Array::splat(2.5);
static LONG: Array<f32, shape![64]> = Array::splat(2.5);
static BATCH: Array<f32, shape![3, 4, 4]> = Array::splat(2.5);
static WHOLE: Array<i32, shape![4, 4]> = Array::splat(2);

shapewright_firmware_costs::no_panic! {
    let (a, wide, v, long) = (black_box(&SQUARE), black_box(&WIDE), black_box(&VECTOR), black_box(&LONG));
    let (batch, whole) = (black_box(&BATCH), black_box(&WHOLE));
    let squares = (a.matmul(a).to_array(), a.matmul(a.matrix_transpose()).to_array());
    let vectors = (a.matmul(v).to_array(), v.matmul(a).to_array(), v.matmul(v).to_array());
    let scores = (wide.matmul(long).to_array(), wide.matmul(wide.matrix_transpose()).to_array());
    let batches = batch.matmul(a).to_array();
    (squares, vectors, scores, batches, whole.matmul(whole).to_array())
}
