//! The counterparts in C: runs them, and compares their results with those of the hand-written
//! loops.

use core::hint::black_box;
use core::mem::MaybeUninit;

/// The maximum difference between a C result and the loops: 0, because the C code computes the same
/// in the same order. CMSIS-DSP has another order, and uses fused multiply-add.
pub const WITHIN: f32 = if cfg!(feature = "cmsis") { WITHIN_BY_EXP } else { 0.0 };
/// The maximum difference if there are exponentials, which newlib and Rust's `libm` round
/// differently.
pub const WITHIN_BY_EXP: f32 = 1e-5;

/// Runs a counterpart, which writes its result to the address it gets.
#[inline(always)]
pub fn run<T>(twin: impl FnOnce(&mut MaybeUninit<T>)) {
    let mut result = MaybeUninit::uninit();
    twin(&mut result);
    black_box(&result);
}

/// The result that a counterpart writes.
pub fn result<T>(twin: impl FnOnce(&mut MaybeUninit<T>)) -> T {
    let mut result = MaybeUninit::uninit();
    twin(&mut result);
    // SAFETY: a counterpart writes its whole result.
    unsafe { result.assume_init() }
}

/// Panics if the C result is not that of the loops.
pub fn check<T: Near>(name: &str, twin: &T, loops: &T, within: f32) {
    assert!(twin.near(loops, within), "the twin of {name} gives another result than the loops");
}

/// Results that can be compared.
pub trait Near {
    /// Whether two results have the same bits, or differ by less than `within` times the larger of
    /// the second and 1.
    fn near(&self, other: &Self, within: f32) -> bool;
}

impl Near for f32 {
    fn near(&self, other: &f32, within: f32) -> bool {
        self.to_bits() == other.to_bits() || (self - other).abs() < within * other.abs().max(1.0)
    }
}

impl Near for usize {
    fn near(&self, other: &usize, _: f32) -> bool {
        self == other
    }
}

impl<T: Near, const N: usize> Near for [T; N] {
    fn near(&self, other: &[T; N], within: f32) -> bool {
        self.iter().zip(other).all(|(a, b)| a.near(b, within))
    }
}

impl<A: Near, B: Near> Near for (A, B) {
    fn near(&self, other: &(A, B), within: f32) -> bool {
        self.0.near(&other.0, within) && self.1.near(&other.1, within)
    }
}
