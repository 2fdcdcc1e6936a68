//! How a loop subtracts: by the instruction that subtracts, or by one that multiplies and adds.
//!
//! The speed of a mean or a variance across lanes is limited by additions and subtractions. AMD's
//! Zen 4 and Zen 5 have two units that add and subtract, and two more that multiply. A fused
//! multiply-add, `a * 1 - b`, runs in the latter, and has the same bits as `a - b`, because it is
//! rounded only once. So if a third of the additions and subtractions are fused multiply-adds, all
//! four units are busy, and the reduction is 7 % faster.
//!
//! [`dispatch`](super::dispatch) chooses the [`Adder`]. It is a value whose fields are constants
//! in the function of a SIMD level. An adder for each level that is a type of its own would have
//! the compiler translate the loops once more.

/// How a loop subtracts. All adders have the same results.
#[derive(Clone, Copy, Debug)]
pub struct Adder {
    /// If it is `Some`, loops subtract by fused multiply-adds, and this is their factor: 1. The
    /// optimiser does not know that it is 1, as it would replace `a * 1 - b` by `a - b`.
    #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
    pub(crate) factor: Option<f64>,
}

impl Adder {
    /// Subtracts by the instruction that subtracts.
    pub(crate) const PLAIN: Self = Self {
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        factor: None,
    };

    /// Subtracts by fused multiply-adds. Only for functions that are compiled for AVX2 or AVX-512,
    /// which have the instruction: elsewhere the standard library computes the result, slowly.
    #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
    #[inline(always)]
    pub(crate) fn fused() -> Self {
        // Unoptimised builds inline nothing, so their loops are not compiled for AVX2.
        if cfg!(unoptimised) {
            return Self::PLAIN;
        }
        Self { factor: Some(core::hint::black_box(1.0)) }
    }
}
