//! Dispatch: inlines the loops of an evaluation into one `#[target_feature]` function per SIMD
//! level. The level is chosen once per evaluation.
//!
//! In the function of a level, the compiler vectorises the scalar code of nodes, and users'
//! closures, with the instructions of that level. Two rules follow:
//!
//! - Everything that is called in such a function is `#[inline(always)]`, closures too. Code that
//!   is not inlined is compiled for the baseline of the target, and runs several times slower. Only
//!   builds without optimisation (`cfg(unoptimised)`, which `core/build.rs` sets) inline nothing:
//!   their stack frames are then small and are freed early (a variance took 100 KB of stack in one
//!   frame), and a debug build compiles in half the time.
//! - A nested evaluation, such as a reduction inside a reduction, has a function of its own per
//!   type (`write_nested` in `expr.rs`). An expression that is used twice is part of the type
//!   twice, so if its reductions were inlined their code would double with each use.
//!
//! Evaluations of little work run without dispatch: 64 additions take 5.5 ns without it and 7.6 ns
//! with it. Products of matrices are dispatched even if they are small, because they gain more time
//! than the dispatch takes. Without `std` no instructions are detected, so there is one function,
//! for the instructions that the target has at compile time. The levels `sse2` and `scalar` differ
//! only in kernels with explicit vectors, since the compiler uses SSE2 everywhere on x86-64.

use super::adder::Adder;
use super::level::Level;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::level::LevelKind;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::simd;
#[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
use super::simd::{Simd, Vectors};

/// Calls `body`, inlined into a function that is compiled for the current SIMD level.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn run<R>(body: impl FnOnce() -> R) -> R {
    run_adding(
        #[cfg_attr(not(unoptimised), inline(always))]
        |_| body(),
    )
}

/// As [`run`], and passes `body` the [`Adder`] that is the fastest at this level.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn run_adding<R>(body: impl FnOnce(Adder) -> R) -> R {
    match Level::current().vectors() {
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        Some(Vectors::Avx512(avx512)) if !Level::BASELINE.0.includes(LevelKind::Avx512) => avx512
            .vectorize(
                #[inline(always)]
                || body(Adder::fused()),
            ),
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        Some(Vectors::Avx2(avx2)) if !Level::BASELINE.0.includes(LevelKind::Avx2) => avx2
            .vectorize(
                #[inline(always)]
                || body(Adder::fused()),
            ),
        #[cfg(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")))]
        _ if Level::BASELINE.0.includes(LevelKind::Avx2) => of_baseline(
            #[inline(always)]
            || body(Adder::fused()),
        ),
        _ => of_baseline(
            #[cfg_attr(not(unoptimised), inline(always))]
            || body(Adder::PLAIN),
        ),
    }
}

/// The one level for which a loop is compiled if memory limits its speed at every SIMD level, so
/// that more versions of its code would not make it faster. With `std` this level is AVX2, and a
/// `OneLevel` proves that the machine has AVX2. Without `std` it is the target's baseline.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[derive(Clone, Copy)]
pub(crate) struct OneLevel(#[cfg(feature = "std")] simd::Avx2);
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl OneLevel {
    /// With `std`, returns `None` if the current level lacks AVX2. Without `std`, there always is a
    /// `OneLevel`.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn new() -> Option<Self> {
        #[cfg(feature = "std")]
        if Level::current().0.includes(LevelKind::Avx2) {
            // SAFETY: a level that includes AVX2 exists only if the machine has AVX2.
            Some(Self(unsafe { simd::Avx2::new() }))
        } else {
            None
        }
        #[cfg(not(feature = "std"))]
        Some(Self())
    }

    /// Calls `body`, inlined into a function that is compiled for AVX2. Without `std`, `body` is
    /// compiled for the target's baseline.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn run<R>(self, body: impl FnOnce() -> R) -> R {
        #[cfg(feature = "std")]
        return self.0.vectorize(body);
        #[cfg(not(feature = "std"))]
        of_baseline(body)
    }
}

/// Calls `body` without inlining it, compiled for the target's baseline. A caller with many
/// evaluations would otherwise contain all their loops, and the compiler takes more than twice as
/// long for a function twice as long.
#[inline(never)]
fn of_baseline<R>(body: impl FnOnce() -> R) -> R {
    body()
}
