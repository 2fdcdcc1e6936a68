//! What the firmware computes, on any target: each program with the library, and in [`plain`] by loops.
//!
//! The numeric code is a crate of its own, so that a profile can optimise it where the rest of a firmware
//! is built to be debugged, and so that it runs on the host too.

#![no_std]

pub mod digits;
pub mod expected;
pub mod imu;
pub mod kalman;
pub mod plain;
pub mod quantised;
pub mod sensor;

use shapewright::{Tensor, prelude::*};

/// The bits of the elements, which are equal where they are.
pub fn bits<S: Shape>(x: &Tensor<f32, S, impl Storage>) -> impl Iterator<Item = u32> {
    x.iter().map(|x| x.to_bits())
}

/// Whether each of `found` is as near to its own of `expected` as the order of a sum allows: within
/// `bound` of it, and of 1 where it is less.
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
