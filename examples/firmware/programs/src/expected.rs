//! The results of the host, bit for bit. The program `host` writes them, and compares them with its
//! results whenever it runs.

/// The bits of the logits of each image.
pub static DIGITS: &[[u32; 10]] = &include!("../../expected/digits.in");
/// The scores of each image.
pub static QUANTISED: &[[i32; 10]] = &include!("../../expected/quantised.in");
/// The bits of the state after each measurement, and of the covariance's diagonal.
pub static KALMAN: &[[u32; 8]] = &include!("../../expected/kalman.in");
/// The bits of the logits of each window.
pub static SENSOR: &[[u32; 3]] = &include!("../../expected/sensor.in");
