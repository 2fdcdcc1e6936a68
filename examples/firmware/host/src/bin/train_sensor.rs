//! Trains the sensor's network on features that the firmware's own code computes, and writes its
//! weights.
//!
//! From the root of the repository:
//!
//! ```text
//! cargo run --release --manifest-path examples/firmware/Cargo.toml -p host \
//!     --features train --bin train_sensor
//! ```

use std::error::Error;

use programs::sensor::{self, Axes, Features, HOP, Hidden, Motions, Recording, Samples};
use shapewright::{Level, Tensor, io::safetensors::SafeTensorsWriter, prelude::*};

dim!(Windows = 600);

struct Net {
    w1: Tensor<f32, shape![Hidden, Features]>,
    b1: Tensor<f32, shape![Hidden]>,
    w2: Tensor<f32, shape![Motions, Hidden]>,
    b2: Tensor<f32, shape![Motions]>,
}

/// The features of windows, and the motion in each window.
type Labelled = (Tensor<f32, shape![Windows, Features]>, Tensor<u8, shape![Windows]>);

/// The features and motions of one window of each recording, from the recording `first` on.
fn windows(first: u32) -> Labelled {
    let mut x = Tensor::<f32, shape![Windows, Features]>::zeros();
    let mut motions = Tensor::<u8, shape![Windows]>::zeros();
    for ((mut row, motion), seed) in x.rows_mut().zip(motions.iter_mut()).zip(first..) {
        let recording = Recording::new(seed);
        let readings = Tensor::<i16, shape![Samples, Axes]>::from_fn(|[k, axis]| {
            recording.reading((HOP + k) as u32)[axis]
        });
        row.assign(sensor::features(readings.view()));
        *motion = recording.motion as u8;
    }
    (x, motions)
}

fn main() -> Result<(), Box<dyn Error>> {
    Level::SCALAR.force(); // so that the weights are the same on every machine
    let (x, motions) = windows(10_000); // the firmware uses other recordings
    let (mean, var) = x.moments_axis(Windows).to_tensors();
    let factor = (&var + 1e-3).rsqrt().to_tensor();
    let x = ((&x - &mean) * &factor).to_tensor();

    let mut seed = 1u32;
    let mut chance = move || {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let mut net = Net {
        w1: Tensor::from_fn(|_| chance() * 0.5),
        b1: Tensor::zeros(),
        w2: Tensor::from_fn(|_| chance() * 0.5),
        b2: Tensor::zeros(),
    };
    for _ in 0..1500 {
        let hidden = (x.matmul(net.w1.t()) + &net.b1).relu().to_tensor();
        let logits = (hidden.matmul(net.w2.t()) + &net.b2).to_tensor();
        let d2 =
            ((logits.softmax(Motions) - motions.one_hot::<f32, _>(Motions)) / 600.0).to_tensor();
        let d1 = (d2.matmul(&net.w2) * hidden.greater(0.0).map(|on| f32::from(u8::from(on))))
            .to_tensor();
        net.w2 -= d2.t().matmul(&hidden) * 0.3;
        net.b2 -= d2.sum_axis(Windows) * 0.3;
        net.w1 -= d1.t().matmul(&x) * 0.3;
        net.b1 -= d1.sum_axis(Windows) * 0.3;
    }
    // The normalisation is folded into the first layer, which then takes raw features.
    let w1 = (&net.w1 * &factor).to_tensor();
    let b1 = (&net.b1 - w1.matmul(&mean)).to_tensor();

    let (x, motions) = windows(20_000);
    let logits = (x.matmul(w1.t()) + &b1).relu().matmul(net.w2.t()) + &net.b2;
    let found = logits.to_tensor().argmax_axis(Motions).to_tensor();
    let right = found
        .iter()
        .zip(&motions)
        .filter(|&(&found, &motion)| found == usize::from(motion))
        .count();
    println!("{right} of 600 windows of other recordings are told rightly");

    SafeTensorsWriter::new()
        .with("first.weight", &w1)
        .with("first.bias", &b1)
        .with("second.weight", &net.w2)
        .with("second.bias", &net.b2)
        .write(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/sensor.safetensors"))?;
    Ok(())
}
