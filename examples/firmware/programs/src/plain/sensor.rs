//! The sensor's pipeline with loops.

use shapewright::io::Included;
use shapewright::{Flash, Tensor, include_safetensors, prelude::*};

const FILE: Included = include_safetensors!("../../../data/sensor.safetensors");
static W1: Tensor<f32, shape![8, 12], Flash> = FILE.view("first.weight");
static B1: Tensor<f32, shape![8], Flash> = FILE.view("first.bias");
static W2: Tensor<f32, shape![3, 8], Flash> = FILE.view("second.weight");
static B2: Tensor<f32, shape![3], Flash> = FILE.view("second.bias");

static TAPS: [f32; 8] = [0.03125, 0.09375, 0.15625, 0.21875, 0.21875, 0.15625, 0.09375, 0.03125];
const SCALE: f32 = 1.0 / 4096.0;

/// The features of a window. For each axis: the mean, the standard deviation, the share of active
/// readings, and the power of the slow part.
#[inline(never)]
pub fn features(readings: &[i16; 300]) -> [f32; 12] {
    let mut features = [0.0; 12];
    for axis in 0..3 {
        let x = |k: usize| f32::from(readings[3 * k + axis]) * SCALE;
        let mean = (0..100).map(x).sum::<f32>() / 100.0;
        let var = (0..100).map(|k| (x(k) - mean) * (x(k) - mean)).sum::<f32>() / 100.0;
        let factor = 1.0 / libm::sqrtf(var + 1e-4);
        let active = (0..100).filter(|&k| ((x(k) - mean) * factor).abs() > 1.25).count();
        let mut slow = 0.0;
        for start in 0..24 {
            let filtered: f32 =
                TAPS.iter().enumerate().map(|(k, tap)| x(4 * start + k) * tap).sum();
            let normalised = (filtered - mean) * factor;
            slow += normalised * normalised;
        }
        features[axis] = mean;
        features[3 + axis] = libm::sqrtf(var);
        features[6 + axis] = active as f32 / 100.0;
        features[9 + axis] = slow / 24.0;
    }
    features
}

/// The logits of rest, of walking and of shaking.
#[inline(never)]
pub fn logits(features: &[f32; 12]) -> [f32; 3] {
    let hidden: [f32; 8] = dense(elements(&W1), features, elements(&B1));
    let hidden = hidden.map(|x| if x > 0.0 { x } else { 0.0 });
    dense(elements(&W2), &hidden, elements(&B2))
}

fn elements<S: Shape>(tensor: &Tensor<f32, S, Flash>) -> &'static [f32] {
    tensor.to_slice().expect("tensors in flash have no gaps")
}

fn dense<const IN: usize, const OUT: usize>(
    weight: &[f32],
    x: &[f32; IN],
    bias: &[f32],
) -> [f32; OUT] {
    let mut to = [0.0; OUT];
    for ((to, row), bias) in to.iter_mut().zip(weight.as_chunks::<IN>().0).zip(bias) {
        *to = row.iter().zip(x).map(|(w, x)| x * w).sum::<f32>() + bias;
    }
    to
}
