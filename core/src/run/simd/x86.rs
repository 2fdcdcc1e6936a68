//! The vectors of x86: SSE2, AVX2 with FMA, and AVX-512.

#[cfg(target_arch = "x86")]
use core::arch::x86 as arch;
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64 as arch;

use super::{Simd, shorts, vectors};

/// A value of this type proves that the machine has SSE2.
#[derive(Clone, Copy)]
pub(crate) struct Sse2(());
/// A value of this type proves that the machine has AVX2, FMA and the other features of x86-64-v3.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());
/// A value of this type proves that the machine has AVX-512 with the extensions that Ice Lake and
/// Zen 4 have.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

/// Defines an instruction set from its target features: how it is detected, and how a function is
/// compiled for it.
macro_rules! instruction_set {
    ($name:ident, $all:literal, [$($feature:tt)*]) => {
        impl $name {
            /// # Safety
            /// The machine has the instruction set.
            #[inline(always)]
            pub(crate) const unsafe fn new() -> Self {
                Self(())
            }
            /// Whether the whole program is compiled for the instruction set.
            pub(crate) const BASELINE: bool = true $(&& cfg!(target_feature = $feature))*;
            /// Whether the machine has the instruction set. Without `std`, whether the program is
            /// compiled for it.
            pub(crate) fn is_detected() -> bool {
                #[cfg(feature = "std")]
                let there = true $(&& std::arch::is_x86_feature_detected!($feature))*;
                #[cfg(not(feature = "std"))]
                let there = Self::BASELINE;
                there
            }
            /// Calls `body`, inlined into a function that is compiled for the instruction set.
            #[inline]
            fn call<R>(self, body: impl FnOnce() -> R) -> R {
                #[inline]
                #[target_feature(enable = $all)]
                fn at_level<R>(body: impl FnOnce() -> R) -> R {
                    body()
                }
                // SAFETY: `self` proves that the machine has the features in `$all`.
                unsafe { at_level(body) }
            }
        }
    };
}
instruction_set!(Sse2, "fxsr,sse,sse2", ["fxsr" "sse" "sse2"]);
instruction_set!(
    Avx2,
    "avx2,bmi1,bmi2,cmpxchg16b,f16c,fma,fxsr,lzcnt,movbe,popcnt,xsave",
    ["avx2" "bmi1" "bmi2" "cmpxchg16b" "f16c" "fma" "fxsr" "lzcnt" "movbe" "popcnt" "xsave"]
);
instruction_set!(
    Avx512,
    "adx,aes,avx512bitalg,avx512bw,avx512cd,avx512dq,avx512f,avx512ifma,avx512vbmi,avx512vbmi2,avx512vl,avx512vnni,avx512vpopcntdq,bmi1,bmi2,cmpxchg16b,fma,fxsr,gfni,lzcnt,movbe,pclmulqdq,popcnt,rdrand,rdseed,sha,vaes,vpclmulqdq,xsave,xsavec,xsaveopt,xsaves",
    [
        "adx" "aes" "avx512bitalg" "avx512bw" "avx512cd" "avx512dq" "avx512f" "avx512ifma" "avx512vbmi"
        "avx512vbmi2" "avx512vl" "avx512vnni" "avx512vpopcntdq" "bmi1" "bmi2" "cmpxchg16b" "fma" "fxsr" "gfni"
        "lzcnt" "movbe" "pclmulqdq" "popcnt" "rdrand" "rdseed" "sha" "vaes" "vpclmulqdq" "xsave" "xsavec"
        "xsaveopt" "xsaves"
    ]
);

impl Avx2 {
    /// SSE2, which AVX2 includes.
    #[inline(always)]
    pub(crate) fn sse2(self) -> Sse2 {
        Sse2(())
    }
}
impl Avx512 {
    /// SSE2, which AVX-512 includes.
    #[inline(always)]
    pub(crate) fn sse2(self) -> Sse2 {
        Sse2(())
    }
    /// AVX2, which AVX-512 includes.
    #[inline(always)]
    pub(crate) fn avx2(self) -> Avx2 {
        Avx2(())
    }
}

/// Implements [`Simd`] for each instruction set, given its vectors.
macro_rules! simd {
    ($($name:ident: $f32s:ty, $f64s:ty, $f32x4:ty, $f64x2:ty;)*) => {$(
        impl Simd for $name {
            type F32s = $f32s;
            type F64s = $f64s;
            type F32x4 = $f32x4;
            type F64x2 = $f64x2;
            #[inline(always)]
            fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
                self.call(body)
            }
        }
    )*};
}
simd! {
    Sse2: Sse2F32x4, Sse2F64x2, Sse2F32x4, Sse2F64x2;
    Avx2: Avx2F32x8, Avx2F64x4, Avx2F32x4, Avx2F64x2;
    Avx512: Avx512F32x16, Avx512F64x8, Avx512F32x4, Avx512F64x2;
}

vectors! {
    Sse2F32x4 of f32, 4: arch::__m128, Sse2, "Four `f32`, for SSE2.",
        arch::_mm_set1_ps, arch::_mm_loadu_ps, arch::_mm_storeu_ps, arch::_mm_add_ps,
        |a, b, c| arch::_mm_add_ps(arch::_mm_mul_ps(a, b), c);
    Sse2F64x2 of f64, 2: arch::__m128d, Sse2, "Two `f64`, for SSE2.",
        arch::_mm_set1_pd, arch::_mm_loadu_pd, arch::_mm_storeu_pd, arch::_mm_add_pd,
        |a, b, c| arch::_mm_add_pd(arch::_mm_mul_pd(a, b), c);
    Avx2F32x8 of f32, 8: arch::__m256, Avx2, "Eight `f32`, for AVX2.",
        arch::_mm256_set1_ps, arch::_mm256_loadu_ps, arch::_mm256_storeu_ps, arch::_mm256_add_ps,
        |a, b, c| arch::_mm256_fmadd_ps(a, b, c);
    Avx2F64x4 of f64, 4: arch::__m256d, Avx2, "Four `f64`, for AVX2.",
        arch::_mm256_set1_pd, arch::_mm256_loadu_pd, arch::_mm256_storeu_pd, arch::_mm256_add_pd,
        |a, b, c| arch::_mm256_fmadd_pd(a, b, c);
    Avx2F32x4 of f32, 4: arch::__m128, Avx2, "Four `f32`, for AVX2.",
        arch::_mm_set1_ps, arch::_mm_loadu_ps, arch::_mm_storeu_ps, arch::_mm_add_ps,
        |a, b, c| arch::_mm_fmadd_ps(a, b, c);
    Avx2F64x2 of f64, 2: arch::__m128d, Avx2, "Two `f64`, for AVX2.",
        arch::_mm_set1_pd, arch::_mm_loadu_pd, arch::_mm_storeu_pd, arch::_mm_add_pd,
        |a, b, c| arch::_mm_fmadd_pd(a, b, c);
    Avx512F32x16 of f32, 16: arch::__m512, Avx512, "Sixteen `f32`, for AVX-512.",
        arch::_mm512_set1_ps, arch::_mm512_loadu_ps, arch::_mm512_storeu_ps, arch::_mm512_add_ps,
        |a, b, c| arch::_mm512_fmadd_ps(a, b, c);
    Avx512F64x8 of f64, 8: arch::__m512d, Avx512, "Eight `f64`, for AVX-512.",
        arch::_mm512_set1_pd, arch::_mm512_loadu_pd, arch::_mm512_storeu_pd, arch::_mm512_add_pd,
        |a, b, c| arch::_mm512_fmadd_pd(a, b, c);
    Avx512F32x4 of f32, 4: arch::__m128, Avx512, "Four `f32`, for AVX-512.",
        arch::_mm_set1_ps, arch::_mm_loadu_ps, arch::_mm_storeu_ps, arch::_mm_add_ps,
        |a, b, c| arch::_mm_fmadd_ps(a, b, c);
    Avx512F64x2 of f64, 2: arch::__m128d, Avx512, "Two `f64`, for AVX-512.",
        arch::_mm_set1_pd, arch::_mm_loadu_pd, arch::_mm_storeu_pd, arch::_mm_add_pd,
        |a, b, c| arch::_mm_fmadd_pd(a, b, c);
}

shorts! {
    Sse2F32x4, Sse2: |a, b| [arch::_mm_unpacklo_ps(a, b), arch::_mm_unpackhi_ps(a, b)];
    Sse2F64x2, Sse2: |a, b| [arch::_mm_unpacklo_pd(a, b), arch::_mm_unpackhi_pd(a, b)];
    Avx2F32x4, Avx2: |a, b| [arch::_mm_unpacklo_ps(a, b), arch::_mm_unpackhi_ps(a, b)];
    Avx2F64x2, Avx2: |a, b| [arch::_mm_unpacklo_pd(a, b), arch::_mm_unpackhi_pd(a, b)];
    Avx512F32x4, Avx512: |a, b| [arch::_mm_unpacklo_ps(a, b), arch::_mm_unpackhi_ps(a, b)];
    Avx512F64x2, Avx512: |a, b| [arch::_mm_unpacklo_pd(a, b), arch::_mm_unpackhi_pd(a, b)];
}

/// Calls `body` with the arguments `a`, `b` and `c` in a function that is compiled for AVX2. The
/// arguments are passed in registers; a closure would keep its captures in memory.
#[inline(always)]
pub(crate) fn call_avx2<A, B, C>(_: Avx2, body: impl FnOnce(A, B, C), (a, b, c): (A, B, C)) {
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2,cmpxchg16b,f16c,fma,fxsr,lzcnt,movbe,popcnt,xsave")]
    fn at_level<A, B, C, F: FnOnce(A, B, C)>(body: F, a: A, b: B, c: C) {
        body(a, b, c);
    }
    // SAFETY: the value of `Avx2` proves that the machine has the enabled features.
    unsafe { at_level(body, a, b, c) };
}
