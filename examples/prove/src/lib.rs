//! A small pipeline whose shape mistakes are proven not to compile: readings of sensors are
//! standardised and scored. `tests/mistakes.rs` has the proof.
//!
//! `cargo test -p shapewright-prove`

use shapewright::{Tensor, assert_broadcasts, assert_refuses, dim, prelude::*, shape};

dim!(
    /// The number of readings, known at run time.
    pub Readings,
    /// The channels of a sensor.
    pub Channels = 8,
    /// The classes of readings.
    pub Classes = 3
);

/// Readings of all channels.
pub type Data = Tensor<f32, shape![?Readings, Channels]>;

// The assumptions of the pipeline, verified by `cargo check`: a statistic per channel fits; a
// statistic per reading does not, and its column does not stretch silently; weights are not
// transposed.
assert_broadcasts!(shape![?Readings, Channels], shape![Channels] => shape![?Readings, Channels]);
assert_refuses!(shape![?Readings, Channels], shape![?Readings]);
assert_refuses!(shape![?Readings], shape![?Readings, 1]);
assert_broadcasts!(matmul shape![?Readings, Channels], shape![Channels, Classes] => shape![?Readings, Classes]);
assert_refuses!(matmul shape![?Readings, Channels], shape![Classes, Channels]);
assert_refuses!(assign shape![Channels], shape![?Readings, Channels]);

/// Returns `x` with the mean 0 and the standard deviation 1 in each channel.
#[must_use]
pub fn standardised(x: &Data) -> Data {
    ((x - x.mean_axis(Readings)) / (x.std_axis(Readings) + 1e-6)).to_tensor()
}

/// The class of each reading, by a linear model.
#[must_use]
pub fn classes(
    x: &Data,
    weights: &Tensor<f32, shape![Channels, Classes]>,
    bias: &Tensor<f32, shape![Classes]>,
) -> Tensor<usize, shape![?Readings]> {
    (x.matmul(weights) + bias).argmax_axis(Classes).to_tensor()
}
