//! Three PID controllers side by side.

use core::hint::black_box;
#[cfg(feature = "c")]
use core::mem::MaybeUninit;

use shapewright::prelude::*;

#[cfg(feature = "c")]
use crate::twins;

const LOOPS: usize = 3;
const DT: f32 = 0.01;

static KP: [f32; LOOPS] = [2.0, 1.5, 1.0];
static KI: [f32; LOOPS] = [0.5, 0.25, 0.125];
static KD: [f32; LOOPS] = [0.1, 0.05, 0.025];
static TARGET: [f32; LOOPS] = [1.0, 2.0, 3.0];
static MEASURED: [f32; LOOPS] = [0.9, 2.2, 2.5];

/// The state of the controllers between two steps: their integrals, and their last errors.
type State = ([f32; LOOPS], [f32; LOOPS]);

/// With the library.
pub fn ours() {
    let mut state = black_box(([0.1, 0.2, 0.3], [0.0, 0.1, 0.2]));
    black_box(step(&mut state, black_box(&TARGET), black_box(&MEASURED)));
    black_box(state);
}

/// With loops.
pub fn plain() {
    let mut state = black_box(([0.1, 0.2, 0.3], [0.0, 0.1, 0.2]));
    black_box(step_by_loops(&mut state, black_box(&TARGET), black_box(&MEASURED)));
    black_box(state);
}

/// The gains of the controllers, for the counterpart in C.
#[cfg(feature = "c")]
#[repr(C)]
struct Gains {
    kp: &'static [f32; LOOPS],
    ki: &'static [f32; LOOPS],
    kd: &'static [f32; LOOPS],
}

// SAFETY: the function is declared as in `c/twins.h`. It reads its arguments, and writes its
// results.
#[cfg(feature = "c")]
unsafe extern "C" {
    safe fn twin_pid(
        gains: &Gains,
        integral: &mut [f32; LOOPS],
        before: &mut [f32; LOOPS],
        target: &[f32; LOOPS],
        measured: &[f32; LOOPS],
        output: &mut MaybeUninit<[f32; LOOPS]>,
    );
}

/// A step by the counterpart in C.
#[cfg(feature = "c")]
#[inline(always)]
fn step_in_c((integral, before): &mut State, output: &mut MaybeUninit<[f32; LOOPS]>) {
    let gains = Gains { kp: black_box(&KP), ki: black_box(&KI), kd: black_box(&KD) };
    twin_pid(&gains, integral, before, black_box(&TARGET), black_box(&MEASURED), output);
}

/// With the counterpart in C.
#[cfg(feature = "c")]
pub fn in_c() {
    let mut state = black_box(([0.1, 0.2, 0.3], [0.0, 0.1, 0.2]));
    twins::run(|output| step_in_c(&mut state, output));
    black_box(&state);
}

/// Panics if the C result differs.
#[cfg(feature = "c")]
pub fn check() {
    let start = ([0.1, 0.2, 0.3], [0.0, 0.1, 0.2]);
    let (mut twin, mut loops) = (start, start);
    let output_of_twin = twins::result(|output| step_in_c(&mut twin, output));
    let output = step_by_loops(&mut loops, &TARGET, &MEASURED);
    twins::check("pid", &(twin, output_of_twin), &(loops, output), twins::WITHIN);
}

type Loops = shape![3];

#[inline(never)]
fn step(state: &mut State, target: &[f32; LOOPS], measured: &[f32; LOOPS]) -> [f32; LOOPS] {
    let kp = TensorView::<f32, Loops>::from(black_box(&KP));
    let ki = TensorView::<f32, Loops>::from(black_box(&KI));
    let kd = TensorView::<f32, Loops>::from(black_box(&KD));
    let target = TensorView::<f32, Loops>::from(target);
    let measured = TensorView::<f32, Loops>::from(measured);
    let mut integral = TensorViewMut::<f32, Loops>::from(&mut state.0);
    let mut before = TensorViewMut::<f32, Loops>::from(&mut state.1);
    let error = (target - measured).to_array();
    integral += &error * DT;
    integral.assign(integral.to_array().clip(-1.0, 1.0));
    let output = kp * &error + ki * &integral + kd * ((&error - &before) / DT);
    let output = output.clip(-10.0, 10.0).to_array();
    before.assign(&error);
    output.into()
}

#[inline(never)]
fn step_by_loops(
    state: &mut State,
    target: &[f32; LOOPS],
    measured: &[f32; LOOPS],
) -> [f32; LOOPS] {
    let (kp, ki, kd) = (black_box(&KP), black_box(&KI), black_box(&KD));
    let (integral, before) = state;
    let mut output = [0.0; LOOPS];
    for k in 0..LOOPS {
        let error = target[k] - measured[k];
        integral[k] = within(integral[k] + error * DT, -1.0, 1.0);
        let sum = kp[k] * error + ki[k] * integral[k] + kd[k] * ((error - before[k]) / DT);
        output[k] = within(sum, -10.0, 10.0);
        before[k] = error;
    }
    output
}

/// `x` limited to an interval; NaN stays.
fn within(x: f32, low: f32, high: f32) -> f32 {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}
