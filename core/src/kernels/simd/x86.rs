//! SSE2, AVX2 and AVX-512.

#[cfg(target_arch = "x86")]
use core::arch::x86::*;
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::*;

use super::{Simd, vectors};

macro_rules! instruction_set {
    ($(#[$doc:meta])* $name:ident: [$($feature:tt)*], $f32:ident, $f64:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(());

        impl $name {
            /// Whether the whole program is compiled for it.
            pub(crate) const IS_BASELINE: bool = cfg!(all($(target_feature = $feature),*));

            /// Whether the machine has it.
            #[cfg(feature = "std")]
            pub(crate) fn is_detected() -> bool {
                true $(&& std::is_x86_feature_detected!($feature))*
            }

            /// # Safety
            /// The machine has it.
            pub(crate) const unsafe fn assume_supported() -> Self {
                Self(())
            }
        }

        impl Simd for $name {
            type F32 = $f32;
            type F64 = $f64;
            type ShortF32 = __m128;
            type ShortF64 = __m128d;

            #[inline(always)]
            fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
                #[inline]
                $(#[target_feature(enable = $feature)])*
                fn at_level<R, F: FnOnce() -> R>(body: F) -> R {
                    body()
                }
                // SAFETY: the machine has the features, as `self` proves.
                unsafe { at_level(body) }
            }

            #[inline(always)]
            fn call<A, B, C>(self, body: impl FnOnce(A, B, C), (a, b, c): (A, B, C)) {
                #[inline]
                $(#[target_feature(enable = $feature)])*
                fn at_level<A, B, C, F: FnOnce(A, B, C)>(body: F, a: A, b: B, c: C) {
                    body(a, b, c);
                }
                // SAFETY: as above.
                unsafe { at_level(body, a, b, c) };
            }
        }
    };
}

instruction_set! {
    /// SSE2, which every x86-64 has.
    Sse2: ["sse2"], __m128, __m128d
}
instruction_set! {
    /// AVX2 and FMA, and what processors with them have: Haswell and Zen, and after.
    Avx2: ["avx2" "bmi1" "bmi2" "f16c" "fma" "lzcnt" "movbe" "popcnt"], __m256, __m256d
}
instruction_set! {
    /// AVX-512 as since Ice Lake and Zen 4: the processors before them slow down for it.
    Avx512: ["avx2" "bmi1" "bmi2" "f16c" "fma" "lzcnt" "movbe" "popcnt" "avx512f" "avx512bw" "avx512cd" "avx512dq" "avx512vl"
        "avx512ifma" "avx512vbmi" "avx512vbmi2" "avx512vnni" "avx512bitalg" "avx512vpopcntdq"], __m512, __m512d
}

impl Avx512 {
    /// What it includes.
    #[inline(always)]
    pub(crate) fn as_avx2(self) -> Avx2 {
        Avx2(())
    }
}

impl Avx2 {
    /// What it includes.
    #[inline(always)]
    pub(crate) fn as_sse2(self) -> Sse2 {
        Sse2(())
    }
}

vectors! { Sse2:
    __m128, f32, 4, _mm_set1_ps, _mm_loadu_ps, _mm_storeu_ps, _mm_add_ps, mul_then_add_ps;
    __m128d, f64, 2, _mm_set1_pd, _mm_loadu_pd, _mm_storeu_pd, _mm_add_pd, mul_then_add_pd;
}
vectors! { Avx2:
    __m128, f32, 4, _mm_set1_ps, _mm_loadu_ps, _mm_storeu_ps, _mm_add_ps, _mm_fmadd_ps;
    __m128d, f64, 2, _mm_set1_pd, _mm_loadu_pd, _mm_storeu_pd, _mm_add_pd, _mm_fmadd_pd;
    __m256, f32, 8, _mm256_set1_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_add_ps, _mm256_fmadd_ps;
    __m256d, f64, 4, _mm256_set1_pd, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_add_pd, _mm256_fmadd_pd;
}
vectors! { Avx512:
    __m128, f32, 4, _mm_set1_ps, _mm_loadu_ps, _mm_storeu_ps, _mm_add_ps, _mm_fmadd_ps;
    __m128d, f64, 2, _mm_set1_pd, _mm_loadu_pd, _mm_storeu_pd, _mm_add_pd, _mm_fmadd_pd;
    __m512, f32, 16, _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_add_ps, _mm512_fmadd_ps;
    __m512d, f64, 8, _mm512_set1_pd, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_add_pd, _mm512_fmadd_pd;
}

#[inline]
#[target_feature(enable = "sse2")]
fn mul_then_add_ps(a: __m128, b: __m128, c: __m128) -> __m128 {
    _mm_add_ps(_mm_mul_ps(a, b), c)
}
#[inline]
#[target_feature(enable = "sse2")]
fn mul_then_add_pd(a: __m128d, b: __m128d, c: __m128d) -> __m128d {
    _mm_add_pd(_mm_mul_pd(a, b), c)
}
