//! A network of 64 inputs: 32 features with batch norm and relu, 10 scores, softmax, and the class
//! with the maximum.

use core::hint::black_box;
#[cfg(feature = "c")]
use core::mem::MaybeUninit;

use shapewright::{
    nn::{BatchNorm, Linear},
    prelude::*,
};

#[cfg(feature = "c")]
use crate::twins;

const INPUTS: usize = 64;
const HIDDEN: usize = 32;
const CLASSES: usize = 10;
const EPS: f32 = 1e-5;

static FIRST: [[f32; INPUTS]; HIDDEN] = crate::rows(10, 0.3, 0.0);
static FIRST_BIAS: [f32; HIDDEN] = crate::numbers(20, 0.1, 0.0);
static GAMMA: [f32; HIDDEN] = crate::numbers(30, 0.1, 1.0);
static BETA: [f32; HIDDEN] = crate::numbers(40, 0.1, 0.0);
static MEAN: [f32; HIDDEN] = crate::numbers(50, 0.1, 0.0);
static VAR: [f32; HIDDEN] = crate::numbers(60, 0.1, 1.0);
static SECOND: [[f32; HIDDEN]; CLASSES] = crate::rows(70, 0.3, 0.0);
static SECOND_BIAS: [f32; CLASSES] = crate::numbers(80, 0.1, 0.0);
static INPUT: [f32; INPUTS] = crate::numbers(90, 1.0, 0.0);

/// The probabilities, and the class of the maximum.
type Answer = ([f32; CLASSES], usize);

/// With the library.
pub fn ours() {
    black_box(classify(black_box(&INPUT)));
}

/// With loops.
pub fn plain() {
    black_box(classify_by_loops(black_box(&INPUT)));
}

/// The parameters of the counterpart in C.
#[cfg(feature = "c")]
#[repr(C)]
struct Network {
    first: &'static [[f32; INPUTS]; HIDDEN],
    first_bias: &'static [f32; HIDDEN],
    gamma: &'static [f32; HIDDEN],
    beta: &'static [f32; HIDDEN],
    mean: &'static [f32; HIDDEN],
    var: &'static [f32; HIDDEN],
    second: &'static [[f32; HIDDEN]; CLASSES],
    second_bias: &'static [f32; CLASSES],
}

// SAFETY: the function is declared as in `c/twins.h`. It reads its arguments, and writes its
// results.
#[cfg(feature = "c")]
unsafe extern "C" {
    safe fn twin_mlp(
        network: &Network,
        input: &[f32; INPUTS],
        probabilities: &mut MaybeUninit<[f32; CLASSES]>,
        class: &mut MaybeUninit<usize>,
    );
}

/// The network, hidden from constant propagation.
#[cfg(feature = "c")]
#[inline(always)]
fn network() -> Network {
    Network {
        first: black_box(&FIRST),
        first_bias: black_box(&FIRST_BIAS),
        gamma: black_box(&GAMMA),
        beta: black_box(&BETA),
        mean: black_box(&MEAN),
        var: black_box(&VAR),
        second: black_box(&SECOND),
        second_bias: black_box(&SECOND_BIAS),
    }
}

/// With the counterpart in C.
#[cfg(feature = "c")]
pub fn in_c() {
    let (network, input) = (network(), black_box(&INPUT));
    twins::run(|probabilities| twins::run(|class| twin_mlp(&network, input, probabilities, class)));
}

/// Panics if the C result differs.
#[cfg(feature = "c")]
pub fn check() {
    let mut class = 0;
    let probabilities = twins::result(|probabilities| {
        class = twins::result(|class| twin_mlp(&network(), &INPUT, probabilities, class));
    });
    twins::check("mlp", &(probabilities, class), &classify_by_loops(&INPUT), twins::WITHIN_BY_EXP);
}

type Borrowed<S> = TensorView<'static, f32, S>;

#[inline(never)]
fn classify(input: &[f32; INPUTS]) -> Answer {
    let first = Linear::new(
        Borrowed::<shape![32, 64]>::from(black_box(&FIRST)),
        Borrowed::<shape![32]>::from(black_box(&FIRST_BIAS)),
    );
    let norm = BatchNorm::new(
        Borrowed::<shape![32]>::from(black_box(&GAMMA)),
        Borrowed::<shape![32]>::from(black_box(&BETA)),
        Borrowed::<shape![32]>::from(black_box(&MEAN)),
        Borrowed::<shape![32]>::from(black_box(&VAR)),
        EPS,
    );
    let second = Linear::new(
        Borrowed::<shape![10, 32]>::from(black_box(&SECOND)),
        Borrowed::<shape![10]>::from(black_box(&SECOND_BIAS)),
    );
    let x = TensorView::<f32, shape![64]>::from(input);
    let hidden = norm.forward(first.forward(x).expand_dims(Axis::<0>)).relu().to_array();
    let scores = second.forward(&hidden).squeeze(Axis::<0>).to_array();
    let probabilities = scores.softmax(Axis::<0>).to_array();
    let [class] = probabilities.argmax();
    (probabilities.into(), class)
}

#[inline(never)]
fn classify_by_loops(input: &[f32; INPUTS]) -> Answer {
    let (first, first_bias) = (black_box(&FIRST), black_box(&FIRST_BIAS));
    let (gamma, beta) = (black_box(&GAMMA), black_box(&BETA));
    let (mean, var) = (black_box(&MEAN), black_box(&VAR));
    let (second, second_bias) = (black_box(&SECOND), black_box(&SECOND_BIAS));
    let mut hidden = [0.0; HIDDEN];
    for k in 0..HIDDEN {
        let mut sum = first_bias[k];
        for (weight, x) in first[k].iter().zip(input) {
            sum += weight * x;
        }
        let normalized =
            (sum - mean[k]) / crate::operations::root(var[k] + EPS) * gamma[k] + beta[k];
        hidden[k] = if normalized > 0.0 { normalized } else { 0.0 };
    }
    let mut scores = [0.0; CLASSES];
    for k in 0..CLASSES {
        let mut sum = second_bias[k];
        for (weight, x) in second[k].iter().zip(&hidden) {
            sum += weight * x;
        }
        scores[k] = sum;
    }
    crate::operations::softmax_by_loops(&mut scores);
    (scores, crate::operations::argmax_by_loops(&scores))
}
