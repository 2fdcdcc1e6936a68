//! Typical firmware programs, each in two versions: with the library, and with hand-written loops.

#![no_std]

pub mod kalman;
pub mod measure;
pub mod mlp;
pub mod no_panic;
pub mod operations;
pub mod pid;
pub mod sensor;
#[cfg(feature = "c")]
pub mod twins;

/// The `k`-th of a sequence of pseudo-random numbers, in -1 to 1.
const fn number(k: usize) -> f32 {
    let mixed = (k as u32).wrapping_mul(0x9E37_79B9).wrapping_add(0x7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85EB_CA6B);
    ((mixed >> 8) as f32) / 8_388_608.0 - 1.0
}

/// `N` of these numbers, from the `seed`-th on, times `scale`, plus `offset`.
pub(crate) const fn numbers<const N: usize>(seed: usize, scale: f32, offset: f32) -> [f32; N] {
    let (mut values, mut k) = ([0.0; N], 0);
    while k < N {
        values[k] = number(seed + k) * scale + offset;
        k += 1;
    }
    values
}

/// `N` rows of `M` such numbers, one after the other.
pub(crate) const fn rows<const N: usize, const M: usize>(
    seed: usize,
    scale: f32,
    offset: f32,
) -> [[f32; M]; N] {
    let (mut values, mut k) = ([[0.0; M]; N], 0);
    while k < N {
        values[k] = numbers(seed + k * M, scale, offset);
        k += 1;
    }
    values
}
