//! Neon.

use core::arch::aarch64::*;

use super::{Simd, vectors};

/// Neon, which AArch64 has but on targets that are compiled without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neon(());

impl Neon {
    /// Whether the whole program is compiled for it.
    pub(crate) const IS_BASELINE: bool = cfg!(target_feature = "neon");

    /// # Safety
    /// The machine has it.
    pub(crate) const unsafe fn assume_supported() -> Self {
        Self(())
    }
}

impl Simd for Neon {
    type F32 = float32x4_t;
    type F64 = float64x2_t;
    type ShortF32 = float32x4_t;
    type ShortF64 = float64x2_t;

    #[inline(always)]
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
        #[inline]
        #[target_feature(enable = "neon")]
        fn at_level<R, F: FnOnce() -> R>(body: F) -> R {
            body()
        }
        // SAFETY: the machine has it, as `self` proves.
        unsafe { at_level(body) }
    }
}

vectors! { Neon:
    float32x4_t, f32, 4, vdupq_n_f32, vld1q_f32, vst1q_f32, vaddq_f32, multiply_add_f32;
    float64x2_t, f64, 2, vdupq_n_f64, vld1q_f64, vst1q_f64, vaddq_f64, multiply_add_f64;
}

// The instruction's order of operands is another.
#[inline]
#[target_feature(enable = "neon")]
fn multiply_add_f32(a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
    vfmaq_f32(c, a, b)
}
#[inline]
#[target_feature(enable = "neon")]
fn multiply_add_f64(a: float64x2_t, b: float64x2_t, c: float64x2_t) -> float64x2_t {
    vfmaq_f64(c, a, b)
}
