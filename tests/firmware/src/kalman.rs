//! A step of a Kalman filter of 4 states and one measurement: `x = F x`, `P = F P F' + Q`, and the
//! update by a measurement of the first state.

use core::hint::black_box;

use shapewright::prelude::*;

#[cfg(feature = "c")]
use crate::twins;

type Vector4 = shape![4];
type Matrix4 = shape![4, 4];

static TRANSITION: [[f32; 4]; 4] =
    [[1.0, 0.0, 0.1, 0.0], [0.0, 1.0, 0.0, 0.1], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]];
static NOISE: [[f32; 4]; 4] =
    [[0.01, 0.0, 0.0, 0.0], [0.0, 0.01, 0.0, 0.0], [0.0, 0.0, 0.02, 0.0], [0.0, 0.0, 0.0, 0.02]];
static STATE: [f32; 4] = [1.0, 2.0, 0.5, -0.5];
static COVARIANCE: [[f32; 4]; 4] =
    [[1.0, 0.1, 0.2, 0.0], [0.1, 1.0, 0.0, 0.2], [0.2, 0.0, 1.0, 0.1], [0.0, 0.2, 0.1, 1.0]];
static OBSERVED: [f32; 4] = [1.0, 0.0, 0.0, 0.0];

/// The state and its covariance.
type Filter = ([f32; 4], [[f32; 4]; 4]);

/// With the library.
pub fn ours() {
    let mut filter = black_box((STATE, COVARIANCE));
    step(&mut filter, black_box(1.1), black_box(0.1));
    black_box(filter);
}

/// With loops.
pub fn plain() {
    let mut filter = black_box((STATE, COVARIANCE));
    step_by_loops(&mut filter, black_box(1.1), black_box(0.1));
    black_box(filter);
}

/// The parameters of the counterpart in C.
#[cfg(feature = "c")]
#[repr(C)]
struct Model {
    transition: &'static [[f32; 4]; 4],
    noise: &'static [[f32; 4]; 4],
    observed: &'static [f32; 4],
}

// SAFETY: the function is declared as in `c/twins.h`. It reads its arguments, and writes its
// results.
#[cfg(feature = "c")]
unsafe extern "C" {
    safe fn twin_kalman(
        model: &Model,
        state: &mut [f32; 4],
        covariance: &mut [[f32; 4]; 4],
        measured: f32,
        variance: f32,
    );
}

/// A step by the counterpart in C.
#[cfg(feature = "c")]
#[inline(always)]
fn step_in_c(filter: &mut Filter) {
    let model = Model {
        transition: black_box(&TRANSITION),
        noise: black_box(&NOISE),
        observed: black_box(&OBSERVED),
    };
    twin_kalman(&model, &mut filter.0, &mut filter.1, black_box(1.1), black_box(0.1));
}

/// With the counterpart in C.
#[cfg(feature = "c")]
pub fn in_c() {
    let mut filter = black_box((STATE, COVARIANCE));
    step_in_c(&mut filter);
    black_box(&filter);
}

/// Panics if the C result differs.
#[cfg(feature = "c")]
pub fn check() {
    let (mut twin, mut loops) = ((STATE, COVARIANCE), (STATE, COVARIANCE));
    step_in_c(&mut twin);
    step_by_loops(&mut loops, black_box(1.1), black_box(0.1));
    twins::check("kalman", &twin, &loops, twins::WITHIN);
}

#[inline(never)]
fn step(filter: &mut Filter, measured: f32, variance: f32) {
    let f = TensorView::<f32, Matrix4>::from(black_box(&TRANSITION));
    let q = TensorView::<f32, Matrix4>::from(black_box(&NOISE));
    let h = TensorView::<f32, Vector4>::from(black_box(&OBSERVED));
    let mut x = TensorViewMut::<f32, Vector4>::from(&mut filter.0);
    let mut p = TensorViewMut::<f32, Matrix4>::from(&mut filter.1);
    let predicted = f.matmul(&x).to_array();
    let covariance = (f.matmul(&p).to_array().matmul(f.matrix_transpose()) + q).to_array();
    let ph = covariance.matmul(h).to_array();
    let innovation = measured - h.matmul(&predicted).to_array()[[]];
    let gain = (&ph / (h.matmul(&ph).to_array()[[]] + variance)).to_array();
    x.assign(&predicted + &gain * innovation);
    p.assign(&covariance - gain.expand_dims(Axis::<1>).stretch() * &ph);
}

#[inline(never)]
fn step_by_loops(filter: &mut Filter, measured: f32, variance: f32) {
    let (f, q, h) = (black_box(&TRANSITION), black_box(&NOISE), black_box(&OBSERVED));
    let (x, p) = filter;
    let predicted = crate::operations::by_vector(f, x);
    let fp = crate::operations::product(f, p);
    let mut covariance = crate::operations::product_with_transpose(&fp, f);
    for (row, noise) in covariance.iter_mut().zip(q) {
        for (to, x) in row.iter_mut().zip(noise) {
            *to += x;
        }
    }
    let ph = crate::operations::by_vector(&covariance, h);
    let innovation = measured - dot(h, &predicted);
    let total = dot(h, &ph) + variance;
    for i in 0..4 {
        let gain = ph[i] / total;
        x[i] = predicted[i] + gain * innovation;
        for j in 0..4 {
            p[i][j] = covariance[i][j] - gain * ph[j];
        }
    }
}

fn dot(a: &[f32; 4], b: &[f32; 4]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}
