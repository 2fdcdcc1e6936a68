//! The dispatch: inlining what an evaluation calls into a function for each level.
//!
//! The compiler vectorises it there with that level's instructions. What is not inlined into it
//! (`#[inline(always)]`, closures too) is compiled for the baseline of the target.

use super::level::Level;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::level::LevelKind;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::simd;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::simd::{Simd, Vectors};

/// Calls `body` inlined into a function of the current level.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn run<R>(body: impl FnOnce() -> R) -> R {
    match Level::current().vectors() {
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        Some(Vectors::Avx512(avx512)) if !Level::BASELINE.0.includes(LevelKind::Avx512) => {
            avx512.vectorize(body)
        }
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        Some(Vectors::Avx2(avx2)) if !Level::BASELINE.0.includes(LevelKind::Avx2) => {
            avx2.vectorize(body)
        }
        _ => of_baseline(body),
    }
}

/// One function, with vectors of 32 bytes where they are detected: for what waits for memory
/// whatever the level.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[derive(Clone, Copy)]
pub(crate) struct OneLevel(#[cfg(feature = "std")] simd::Avx2);
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl OneLevel {
    /// `None` where the level in use lacks them.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn new() -> Option<Self> {
        #[cfg(feature = "std")]
        if Level::current().0.includes(LevelKind::Avx2) {
            // SAFETY: a level that includes AVX2 is of a machine that has it.
            Some(Self(unsafe { simd::Avx2::new() }))
        } else {
            None
        }
        #[cfg(not(feature = "std"))]
        Some(Self())
    }

    /// Calls `body` inlined into it.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn run<R>(self, body: impl FnOnce() -> R) -> R {
        #[cfg(feature = "std")]
        return self.0.vectorize(body);
        #[cfg(not(feature = "std"))]
        of_baseline(body)
    }
}

/// Calls `body`, not inlined: the compiler takes more than twice as long for a function twice as
/// long, and a caller that evaluates often would hold all of it.
#[inline(never)]
fn of_baseline<R>(body: impl FnOnce() -> R) -> R {
    body()
}
