//! A window of 100 readings of 3 sensors: mean, variance, normalised readings, those of them that
//! are past a threshold, the maximum of each sensor, and a filter of 8 taps.

use core::hint::black_box;
#[cfg(feature = "c")]
use core::mem::MaybeUninit;

use shapewright::{Window, prelude::*};

#[cfg(feature = "c")]
use crate::twins;

const SAMPLES: usize = 100;
const SENSORS: usize = 3;
const TAPS: usize = 8;
const FILTERED: usize = SAMPLES - TAPS + 1;
const EPS: f32 = 1e-5;
const THRESHOLD: f32 = 0.5;

static READINGS: [[f32; SENSORS]; SAMPLES] = crate::rows(1, 20.0, 5.0);
static COEFFICIENTS: [f32; TAPS] = crate::numbers(1000, 0.25, 0.125);

/// The maximum of each sensor, and the output of the filter.
type Features = (Array<f32, shape![3]>, Array<f32, shape![93, 3]>);
/// The same types for the loops.
type FeaturesByLoops = ([f32; SENSORS], [[f32; SENSORS]; FILTERED]);

/// With the library.
pub fn ours() {
    let readings = black_box(&READINGS);
    let taps = black_box(&COEFFICIENTS);
    black_box(features(readings, taps));
}

/// With loops.
pub fn plain() {
    let readings = black_box(&READINGS);
    let taps = black_box(&COEFFICIENTS);
    black_box(features_by_loops(readings, taps));
}

// SAFETY: the function is declared as in `c/twins.h`. It reads its arguments, and writes its
// results.
#[cfg(feature = "c")]
unsafe extern "C" {
    safe fn twin_sensor(
        readings: &[[f32; SENSORS]; SAMPLES],
        taps: &[f32; TAPS],
        peaks: &mut MaybeUninit<[f32; SENSORS]>,
        filtered: &mut MaybeUninit<[[f32; SENSORS]; FILTERED]>,
    );
}

/// With the counterpart in C.
#[cfg(feature = "c")]
pub fn in_c() {
    let (readings, taps) = (black_box(&READINGS), black_box(&COEFFICIENTS));
    twins::run(|peaks| twins::run(|filtered| twin_sensor(readings, taps, peaks, filtered)));
}

/// Panics if the C result differs.
#[cfg(feature = "c")]
pub fn check() {
    let mut peaks = [0.0; SENSORS];
    let filtered = twins::result(|filtered| {
        peaks = twins::result(|peaks| twin_sensor(&READINGS, &COEFFICIENTS, peaks, filtered));
    });
    let loops = features_by_loops(&READINGS, &COEFFICIENTS);
    twins::check("sensor", &(peaks, filtered), &loops, twins::WITHIN);
}

#[inline(never)]
fn features(readings: &[[f32; SENSORS]; SAMPLES], taps: &[f32; TAPS]) -> Features {
    let x = TensorView::<f32, shape![100, 3]>::from(readings);
    let taps = TensorView::<f32, shape![8]>::from(taps);
    let (mean, var) = x.moments_axis(Axis::<0>).to_arrays();
    let z = ((x - &mean) * (&var + EPS).rsqrt()).to_array();
    let active = z.abs().greater(THRESHOLD).where_(&z, 0.0);
    let peaks = active.max_axis(Axis::<0>).to_array();
    let filtered = z.windows(Axis::<0>, Window::<TAPS>).matmul(taps).to_array();
    (peaks, filtered)
}

#[inline(never)]
fn features_by_loops(readings: &[[f32; SENSORS]; SAMPLES], taps: &[f32; TAPS]) -> FeaturesByLoops {
    let mut mean = [0.0; SENSORS];
    for row in readings {
        for (sum, x) in mean.iter_mut().zip(row) {
            *sum += x;
        }
    }
    for mean in &mut mean {
        *mean /= SAMPLES as f32;
    }
    let mut factor = [0.0; SENSORS];
    for row in readings {
        for ((sum, x), mean) in factor.iter_mut().zip(row).zip(&mean) {
            *sum += (x - mean) * (x - mean);
        }
    }
    for factor in &mut factor {
        *factor = 1.0 / crate::operations::root(*factor / SAMPLES as f32 + EPS);
    }
    let mut z = [[0.0; SENSORS]; SAMPLES];
    for (z, row) in z.iter_mut().zip(readings) {
        for k in 0..SENSORS {
            z[k] = (row[k] - mean[k]) * factor[k];
        }
    }
    let mut peaks = [f32::NEG_INFINITY; SENSORS];
    for row in &z {
        for (peak, &x) in peaks.iter_mut().zip(row) {
            let active = if x.abs() > THRESHOLD { x } else { 0.0 };
            if active > *peak {
                *peak = active;
            }
        }
    }
    let mut filtered = [[0.0; SENSORS]; FILTERED];
    for (start, filtered) in filtered.iter_mut().enumerate() {
        for (k, filtered) in filtered.iter_mut().enumerate() {
            let mut sum = 0.0;
            for (row, tap) in z[start..start + TAPS].iter().zip(taps) {
                sum += row[k] * tap;
            }
            *filtered = sum;
        }
    }
    (peaks, filtered)
}
