//! Features of an inertial measurement unit, and the motion they show: rest, walking or shaking.
//!
//! A window is half a second at 100 Hz. Its samples stay the sensors' counts in memory, and are
//! converted to metres per second squared and radians per second when they are read. The two
//! sensors are processed one after the other, so at most half of the window is copied at a time. No
//! panic is reachable: see `src/bin/imu_without_panics.rs`.

use core::fmt;

use shapewright::nn::{Linear, WithBias};
use shapewright::{Flash, StaticExtent, include_npy, prelude::*};

dim!(pub Samples = 50, pub Axes = 3, pub Abs = 2, pub Angles = 2, pub Inputs = 76, pub Classes = 3);

/// The value of one count of the accelerometer, in metres per second squared.
const ACCELERATION: f32 = 9.81 / 4096.0;

/// The value of one count of the gyroscope, in radians per second.
const TURN: f32 = core::f32::consts::PI / 180.0 / 16.4;

/// A smoothing filter: its taps add up to 1.
const TAPS: [f32; 5] = [0.0625, 0.25, 0.375, 0.25, 0.0625];

/// The classifier, which `data/imu/make_imu.py` trains. Its parameters are read directly from
/// flash.
static CLASSIFIER: Linear<Inputs, Classes, WithBias, f32, Flash> = Linear::const_new(
    include_npy!("../../data/imu/weights.npy"),
    include_npy!("../../data/imu/bias.npy"),
);

/// A sample of both sensors, in counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Sample {
    /// The accelerometer's x, y and z.
    pub acceleration: [i16; Axes::LEN],
    /// The gyroscope's x, y and z.
    pub turn: [i16; Axes::LEN],
}

/// The latest samples: the next one overwrites the oldest.
#[derive(Debug)]
pub struct Ring {
    samples: [Sample; Samples::LEN],
    next: usize,
}

impl Ring {
    /// A ring of zeros, whose first sample will be at index `start`.
    pub const fn starting_at(start: usize) -> Self {
        let zero = Sample { acceleration: [0; Axes::LEN], turn: [0; Axes::LEN] };
        Self { samples: [zero; Samples::LEN], next: start % Samples::LEN }
    }

    /// Adds a sample.
    pub fn push(&mut self, sample: Sample) {
        if let Some(oldest) = self.samples.get_mut(self.next) {
            *oldest = sample;
        }
        self.next = (self.next + 1) % Samples::LEN;
    }

    /// The older samples, and then the newer ones.
    pub fn halves(&self) -> (&[Sample], &[Sample]) {
        let (newer, older) =
            self.samples.split_at_checked(self.next).unwrap_or((&[], &self.samples));
        (older, newer)
    }
}

/// The statistics of one sensor, for each axis.
#[derive(Debug, Clone, Copy, Default)]
pub struct Motion {
    /// The mean.
    pub mean: Array<f32, shape![Axes]>,
    /// The standard deviation.
    pub deviation: Array<f32, shape![Axes]>,
    /// The minimum.
    pub minimum: Array<f32, shape![Axes]>,
    /// The maximum.
    pub maximum: Array<f32, shape![Axes]>,
    /// The difference between the maximum and the minimum.
    pub peak_to_peak: Array<f32, shape![Axes]>,
    /// The root of the mean square.
    pub root_mean_square: Array<f32, shape![Axes]>,
    /// The number of times the signal crosses its mean.
    pub sign_changes: Array<f32, shape![Axes]>,
    /// The mean absolute difference between a sample and the one before it.
    pub mean_difference: Array<f32, shape![Axes]>,
    /// The maximum absolute value of the smoothed signal.
    pub smoothed_peak: Array<f32, shape![Axes]>,
}

/// The features of a window.
#[derive(Debug, Clone, Copy, Default)]
pub struct Features {
    /// Statistics of the accelerometer, in m/s².
    pub acceleration: Motion,
    /// Statistics of the gyroscope, in rad/s.
    pub turn: Motion,
    /// The mean and the standard deviation of the acceleration's magnitude.
    pub magnitude: Array<f32, shape![Abs]>,
    /// The covariances of the accelerometer's axes.
    pub covariance: Array<f32, shape![Axes, Axes]>,
    /// The correlation coefficients, which are 0 for an axis that does not move.
    pub correlation: Array<f32, shape![Axes, Axes]>,
    /// Roll and pitch of the mean acceleration, in radians.
    pub attitude: Array<f32, shape![Angles]>,
}

/// The samples of one sensor in a window, in order of time.
type Counts<'a> = TensorView<'a, i16, shape![Samples, Axes]>;

/// The error for a window that does not have 50 samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongNumber;

impl fmt::Display for WrongNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a window has 50 samples")
    }
}
impl core::error::Error for WrongNumber {}

impl Features {
    /// Computes the features of a window, whose older samples are one slice and whose newer ones
    /// another. The features are written in place: a returned `Features` would be on the stack as
    /// well.
    ///
    /// # Errors
    /// If there are not 50 samples in total.
    pub fn update(&mut self, older: &[Sample], newer: &[Sample]) -> Result<(), WrongNumber> {
        if older.len() + newer.len() != Samples::LEN {
            return Err(WrongNumber);
        }
        self.update_acceleration(older, newer);
        self.update_turn(older, newer);
        self.correlation = correlation(&self.covariance, &self.acceleration.deviation);
        self.attitude = attitude(&self.acceleration.mean);
        Ok(())
    }

    // This function is not inlined, so its copy of the window is freed when it returns.
    #[inline(never)]
    fn update_acceleration(&mut self, older: &[Sample], newer: &[Sample]) {
        let mut counts = [[0; Axes::LEN]; Samples::LEN];
        let counts = in_order(&mut counts, older, newer, |sample| sample.acceleration);
        self.acceleration.update(counts, ACCELERATION);
        self.magnitude = magnitude(counts);
        self.covariance = covariance(counts, &self.acceleration.mean);
    }

    #[inline(never)]
    fn update_turn(&mut self, older: &[Sample], newer: &[Sample]) {
        let mut counts = [[0; Axes::LEN]; Samples::LEN];
        self.turn.update(in_order(&mut counts, older, newer, |sample| sample.turn), TURN);
    }

    /// All features in one vector, in the order of the fields.
    pub fn to_vector(&self) -> Array<f32, shape![Inputs]> {
        let mut vector = Array::zeros();
        vector.slice_mut(Inputs, Span::<0, 27>).assign(self.acceleration.statistics().flatten());
        vector.slice_mut(Inputs, Span::<27, 27>).assign(self.turn.statistics().flatten());
        vector.slice_mut(Inputs, Span::<54, 2>).assign(self.magnitude.flatten());
        vector.slice_mut(Inputs, Span::<56, 9>).assign(self.covariance.flatten());
        vector.slice_mut(Inputs, Span::<65, 9>).assign(self.correlation.flatten());
        vector.slice_mut(Inputs, Span::<74, 2>).assign(self.attitude.flatten());
        vector
    }

    /// The probability of each class: rest, walking, shaking.
    #[inline(never)]
    pub fn classify(&self) -> Array<f32, shape![Classes]> {
        CLASSIFIER.forward(&self.to_vector()).softmax(Classes).to_array()
    }
}

/// Copies the samples of one sensor into `counts`, the older ones first.
fn in_order<'a>(
    counts: &'a mut [[i16; Axes::LEN]; Samples::LEN],
    older: &[Sample],
    newer: &[Sample],
    sensor: impl Fn(&Sample) -> [i16; Axes::LEN],
) -> Counts<'a> {
    for (place, sample) in counts.iter_mut().zip(older.iter().chain(newer)) {
        *place = sensor(sample);
    }
    Counts::from(&*counts)
}

impl Motion {
    /// Computes all statistics from counts, each of which is worth `scale`.
    fn update(&mut self, counts: Counts, scale: f32) {
        moments(self, counts, scale);
        extremes(self, counts, scale);
        differences(self, counts, scale);
        smoothed(self, counts, scale);
    }

    /// The nine statistics for the three axes, as a matrix.
    fn statistics(&self) -> Array<f32, shape![9, Axes]> {
        Array::new([
            self.mean.into(),
            self.deviation.into(),
            self.minimum.into(),
            self.maximum.into(),
            self.peak_to_peak.into(),
            self.root_mean_square.into(),
            self.sign_changes.into(),
            self.mean_difference.into(),
            self.smoothed_peak.into(),
        ])
    }
}

#[inline(never)]
fn moments(motion: &mut Motion, counts: Counts, scale: f32) {
    let x = counts.widen::<f32>() * scale; // lazy: a count is converted when it is read
    motion.mean.assign(x.mean_axis(Samples));
    motion.deviation.assign(x.std_axis(Samples));
    motion.root_mean_square.assign((motion.mean.square() + motion.deviation.square()).sqrt());
}

#[inline(never)]
fn extremes(motion: &mut Motion, counts: Counts, scale: f32) {
    motion.minimum.assign(counts.min_axis(Samples).widen::<f32>() * scale);
    motion.maximum.assign(counts.max_axis(Samples).widen::<f32>() * scale);
    motion.peak_to_peak.assign(&motion.maximum - &motion.minimum);
}

#[inline(never)]
fn differences(motion: &mut Motion, counts: Counts, scale: f32) {
    // Pairs of neighbouring samples: two views of the same memory, from the first sample on and
    // from the second one on.
    let before = counts.slice(Samples, Span::<0, 49>).widen::<f32>() * scale;
    let after = counts.slice(Samples, Span::<1, 49>).widen::<f32>() * scale;
    motion.mean_difference.assign((after - before).abs().mean_axis(Axis::<0>));
    let changes = before.greater(&motion.mean).not_equal(after.greater(&motion.mean));
    motion.sign_changes.assign(changes.count_nonzero_axis(Axis::<0>).map(|count| count as f32));
}

#[inline(never)]
fn smoothed(motion: &mut Motion, counts: Counts, scale: f32) {
    // Five views of the same memory, each one sample later than the one before.
    let smoothed = counts.slice(Samples, Span::<0, 46>).widen::<f32>() * (TAPS[0] * scale)
        + counts.slice(Samples, Span::<1, 46>).widen::<f32>() * (TAPS[1] * scale)
        + counts.slice(Samples, Span::<2, 46>).widen::<f32>() * (TAPS[2] * scale)
        + counts.slice(Samples, Span::<3, 46>).widen::<f32>() * (TAPS[3] * scale)
        + counts.slice(Samples, Span::<4, 46>).widen::<f32>() * (TAPS[4] * scale);
    motion.smoothed_peak.assign(smoothed.abs().max_axis(Axis::<0>));
}

/// The mean and the standard deviation of the acceleration's magnitude.
#[inline(never)]
fn magnitude(counts: Counts) -> Array<f32, shape![Abs]> {
    let magnitude = (counts.widen::<f32>() * ACCELERATION).square().sum_axis(Axes).sqrt();
    // Computed from sums: the library's `moments` is more accurate if the mean is large, but takes
    // 200 bytes more of stack.
    let mean = magnitude.sum() / Samples::LEN as f32;
    let variance = (magnitude - mean).square().sum() / Samples::LEN as f32;
    Array::new([mean, libm::sqrtf(variance)])
}

/// The covariances of the accelerometer's axes, whose means are `gravity`.
#[inline(never)]
fn covariance(
    counts: Counts,
    gravity: &Array<f32, shape![Axes]>,
) -> Array<f32, shape![Axes, Axes]> {
    // For each sample, the matrix of all pairs of axes: once with the axes along its rows, and once
    // along its columns. Both are broadcast to the whole shape by strides of 0 before they are
    // converted. Otherwise each of them would be computed by itself, and stored on the stack.
    let pairs = shape![Samples, Axes, Axes];
    let rows =
        counts.expand_dims(Axis::<1>).broadcast_to(pairs).widen::<f32>() * ACCELERATION - gravity;
    let columns = counts.expand_dims(Axis::<2>).broadcast_to(pairs).widen::<f32>() * ACCELERATION;
    ((rows * (columns - gravity.expand_dims(Axis::<1>))).sum_axis(Samples) / Samples::LEN as f32)
        .to_array()
}

/// The correlation coefficients: the covariances divided by the standard deviations of both axes.
#[inline(never)]
fn correlation(
    covariance: &Array<f32, shape![Axes, Axes]>,
    deviation: &Array<f32, shape![Axes]>,
) -> Array<f32, shape![Axes, Axes]> {
    let spreads = (deviation.expand_dims(Axis::<1>).stretch() * deviation).to_array();
    spreads.greater(0.0).where_(covariance / &spreads, 0.0).to_array()
}

/// Roll and pitch.
#[inline(never)]
fn attitude(gravity: &Array<f32, shape![Axes]>) -> Array<f32, shape![Angles]> {
    let [x, y, z] = (*gravity).into();
    let level = array![y, z].square().sum_axis(Axis::<0>).sqrt().to_array().item();
    Array::new([libm::atan2f(y, z), libm::atan2f(-x, level)])
}
