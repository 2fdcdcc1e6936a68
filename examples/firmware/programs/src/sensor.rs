//! Recognises what the wearer of an accelerometer does from its readings. Windows are taken from a
//! ring of samples and normalised, and a small network classifies the features of each window.
//!
//! All of it takes less than 2 KiB of RAM, of which the samples take 600 bytes: a window is never
//! stored as floats, since each pass converts the integers that it reads.

use heapless::Deque;
use shapewright::nn::{Linear, WithBias};
use shapewright::{Flash, Weights, Window, include_safetensors, prelude::*};

dim!(pub Samples = 100, pub Axes = 3, pub Features = 12, pub Hidden = 8, pub Motions = 3);

/// A reading of the three axes; 4096 are the acceleration of gravity.
pub type Reading = [i16; 3];
/// A view of the readings of a window.
pub type Readings<'a> = TensorView<'a, i16, shape![Samples, Axes]>;

/// The number of readings in a window.
const WINDOW: usize = 100;
/// The number of new readings between two windows.
pub const HOP: usize = 50;
/// The factor from counts to the acceleration of gravity.
const SCALE: f32 = 1.0 / 4096.0;
/// A reading counts as active if it is more than this number of standard deviations away from the
/// mean.
const ACTIVE: f32 = 1.25;
/// The variance of the sensor's noise.
const EPS: f32 = 1e-4;
/// A low-pass filter. Its coefficients add up to 1, so filtering the data minus their mean gives
/// the filtered data minus that mean.
static TAPS: Array<f32, shape![8]> =
    Array::new([0.03125, 0.09375, 0.15625, 0.21875, 0.21875, 0.15625, 0.09375, 0.03125]);

/// The latest readings, in order of time.
#[derive(Debug, Default)]
pub struct Ring {
    readings: Deque<Reading, WINDOW>,
    /// The number of readings since the last window.
    new: usize,
}

impl Ring {
    /// A ring without readings.
    pub const fn new() -> Self {
        Self { readings: Deque::new(), new: 0 }
    }

    /// Removes all readings.
    pub fn clear(&mut self) {
        self.readings.clear();
        self.new = 0;
    }

    /// Adds a reading, which replaces the oldest one if the ring is full. Returns a window after
    /// every [`HOP`] readings.
    #[inline(never)]
    pub fn push(&mut self, reading: Reading) -> Option<Readings<'_>> {
        if self.readings.is_full() {
            self.readings.pop_front();
        }
        // There is room for the reading, so this returns no error.
        let _ = self.readings.push_back(reading);
        self.new += 1;
        if self.new < HOP || !self.readings.is_full() {
            return None;
        }
        self.new = 0;
        self.readings.make_contiguous().as_flattened().try_into().ok()
    }
}

/// The features of a window. For each axis: the mean, the standard deviation, the share of active
/// readings, and the power of the slow part.
#[inline(never)]
pub fn features(readings: Readings) -> Array<f32, shape![Features]> {
    let x = readings.map(|count| f32::from(count) * SCALE);
    let mean = x.mean_axis(Samples).to_array();
    let var = x.var_axis(Samples).to_array();
    let factor = (&var + EPS).rsqrt().to_array();
    let active = ((x - &mean) * &factor).abs().greater(ACTIVE).count_nonzero_axis(Samples);
    let active = active.map(|count| count as f32 / WINDOW as f32).to_array();

    let windows = readings.windows(Samples, Window::<8, 4>).map(|count| f32::from(count) * SCALE);
    // Written in place: a returned array may be copied once, and this is the largest one here.
    let mut filtered = Array::<f32, shape![24, Axes]>::zeros();
    filtered.assign((windows * &TAPS).sum_axis(Axis::<-1>));
    let slow = ((&filtered - &mean) * &factor).square().mean_axis(Axis::<0>).to_array();

    let (level, shape) = (mean.concat(var.sqrt(), Axis::<0>), active.concat(&slow, Axis::<0>));
    level.concat(shape, Axis::<0>).reshape(shape![Features]).to_array()
}

/// Recognises motions from the features of a window.
#[derive(Debug, Weights)]
pub struct Network {
    first: Linear<Features, Hidden, WithBias, f32, Flash>,
    second: Linear<Hidden, Motions, WithBias, f32, Flash>,
}

/// The weights, which `host/src/bin/train_sensor.rs` writes.
pub static NETWORK: Network =
    Network::included(include_safetensors!("../../data/sensor.safetensors"));

impl Network {
    /// The logits of rest, walking and shaking.
    #[inline(never)]
    pub fn logits(&self, features: &Array<f32, shape![Features]>) -> Array<f32, shape![Motions]> {
        self.second.forward(self.first.forward(features).relu().to_array()).to_array()
    }
}

/// The number of recordings in the firmware's stream.
pub const RECORDINGS: u32 = 8;
/// The number of readings of each recording.
pub const LONG: u32 = 200;

/// The readings of all recordings, in the order of a sensor. With each comes its motion, if the
/// whole window that ends with this reading belongs to one recording.
pub fn stream() -> impl Iterator<Item = (Reading, Option<usize>)> {
    (0..RECORDINGS * LONG).map(|k| {
        let (recording, time) = (Recording::new(k / LONG), k % LONG);
        let whole = time as usize + 1 >= WINDOW;
        (recording.reading(time), whole.then_some(recording.motion))
    })
}

/// A wearer who does one thing all the time: computed readings, in place of a sensor.
///
/// The motion, its speed and strength, and the orientation are drawn from the seed.
#[derive(Clone, Copy, Debug)]
pub struct Recording {
    /// 0 for rest, 1 for walking, 2 for shaking.
    pub motion: usize,
    seed: u32,
    gravity: [i32; 3],
    swing: [i32; 3],
    period: u32,
    noise: i32,
}

impl Recording {
    /// The recording with this seed.
    pub fn new(seed: u32) -> Self {
        let draw =
            |k: u32, from: i32, to: i32| from + (mixed(seed, k) % (to - from + 1) as u32) as i32;
        let motion = draw(0, 0, 2) as usize;
        let (strength, period, noise) = match motion {
            0 => (draw(1, 0, 60), draw(2, 20, 90), draw(3, 20, 200)),
            1 => (draw(1, 400, 1600), draw(2, 22, 34), draw(3, 100, 500)),
            _ => (draw(1, 900, 3000), draw(2, 6, 12), draw(3, 100, 700)),
        };
        let tilt = draw(4, -1500, 1500);
        let gravity = match draw(5, 0, 2) {
            0 => [4000, tilt, -tilt / 2],
            1 => [tilt, -4000, tilt / 3],
            _ => [-tilt / 2, tilt, 4000],
        };
        let swing =
            [strength, strength * draw(6, 20, 100) / 100, strength * draw(7, 20, 100) / 100];
        Self { motion, seed, gravity, swing, period: period as u32, noise }
    }

    /// The reading at this time.
    pub fn reading(&self, time: u32) -> Reading {
        core::array::from_fn(|axis| {
            // One parabola up and one down per period: close enough to a sine.
            let phase = ((time + 3 * axis as u32) % self.period * 256 / self.period) as i32;
            let half = phase % 128;
            let wave = half * (128 - half) / 16 * if phase < 128 { 1 } else { -1 };
            let noise = (mixed(self.seed, 16 + 3 * time + axis as u32) % 2048) as i32 - 1024;
            let count =
                self.gravity[axis] + self.swing[axis] * wave / 256 + self.noise * noise / 1024;
            count.clamp(i16::MIN.into(), i16::MAX.into()) as i16
        })
    }
}

/// A pseudo-random number from a seed and a position.
fn mixed(seed: u32, place: u32) -> u32 {
    let x =
        seed.wrapping_mul(0x9E37_79B9) ^ place.wrapping_mul(0x85EB_CA6B).wrapping_add(0x7F4A_7C15);
    let x = (x ^ (x >> 15)).wrapping_mul(0x2C1B_3C6D);
    let x = (x ^ (x >> 12)).wrapping_mul(0x297A_2D39);
    x ^ (x >> 15)
}
