//! The vectors of 64-bit Arm: NEON. The few targets without it, such as
//! `aarch64-unknown-none-softfloat`, have only the level `scalar`.

use core::arch::aarch64 as arch;

use super::{Simd, shorts, vectors};

/// A value of this type proves that the machine has NEON.
#[derive(Clone, Copy)]
pub(crate) struct Neon(());
impl Neon {
    /// Whether the whole program is compiled for NEON.
    pub(crate) const BASELINE: bool = cfg!(target_feature = "neon");
    /// # Safety
    /// The machine has NEON.
    #[inline(always)]
    pub(crate) const unsafe fn new() -> Self {
        Self(())
    }
}
impl Simd for Neon {
    type F32s = F32x4;
    type F64s = F64x2;
    type F32x4 = F32x4;
    type F64x2 = F64x2;
    #[inline(always)]
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
        #[inline]
        #[target_feature(enable = "neon")]
        fn at_level<R>(body: impl FnOnce() -> R) -> R {
            body()
        }
        // SAFETY: `self` proves that the machine has NEON.
        unsafe { at_level(body) }
    }
}

vectors! {
    F32x4 of f32, 4: arch::float32x4_t, Neon, "Four `f32`.",
        arch::vdupq_n_f32, arch::vld1q_f32, arch::vst1q_f32, arch::vaddq_f32,
        |a, b, c| arch::vfmaq_f32(c, b, a);
    F64x2 of f64, 2: arch::float64x2_t, Neon, "Two `f64`.",
        arch::vdupq_n_f64, arch::vld1q_f64, arch::vst1q_f64, arch::vaddq_f64,
        |a, b, c| arch::vfmaq_f64(c, b, a);
}

shorts! {
    F32x4, Neon: |a, b| [arch::vzip1q_f32(a, b), arch::vzip2q_f32(a, b)];
    F64x2, Neon: |a, b| [arch::vzip1q_f64(a, b), arch::vzip2q_f64(a, b)];
}
