//! The computations of the firmware, for any target: each program with the library, and in
//! [`plain`] with loops.
//!
//! The numeric code is a crate of its own, so that a profile can optimise it while the rest of a
//! firmware is built for debugging, and so that it also runs on the host.

#![no_std]

pub mod digits;
pub mod expected;
pub mod imu;
pub mod kalman;
pub mod plain;
pub mod quantised;
pub mod sensor;

use shapewright::{Tensor, prelude::*};

/// The bits of the elements.
pub fn bits<S: Shape>(x: &Tensor<f32, S, impl Storage>) -> impl Iterator<Item = u32> {
    x.iter().map(|x| x.to_bits())
}

/// Whether each element of `found` is as close to its counterpart in `expected` as sums in another
/// order are: within `bound` times its magnitude, or within `bound` if that is less than 1.
pub fn near(
    found: impl IntoIterator<Item = f32>,
    expected: impl IntoIterator<Item = f32>,
    bound: f32,
) -> bool {
    let (mut found, mut expected) = (found.into_iter(), expected.into_iter());
    loop {
        match (found.next(), expected.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if (a - b).abs() <= bound * b.abs().max(1.0) => {}
            _ => return false,
        }
    }
}
