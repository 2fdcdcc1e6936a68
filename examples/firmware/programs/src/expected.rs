//! What the host computes, bit for bit: written by the program `host`, which compares it with what it computes
//! whenever it runs.

/// The logits of each image, as bits.
pub static DIGITS: &[[u32; 10]] = &include!("../../expected/digits.in");
/// The scores of each image.
pub static QUANTISED: &[[i32; 10]] = &include!("../../expected/quantised.in");
/// The state after each measurement, as bits, and the covariance's diagonal.
pub static KALMAN: &[[u32; 8]] = &include!("../../expected/kalman.in");
/// The logits of each window, as bits.
pub static SENSOR: &[[u32; 3]] = &include!("../../expected/sensor.in");
