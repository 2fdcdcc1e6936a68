//! Vectors of `f32` and `f64` for the kernels that are written over them: those of `fearless_simd`, by the few operations that are used.
//!
//! A value of an instruction set proves that the machine has it, so that its vectors can be used.

#![cfg_attr(
    not(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    )),
    allow(
        dead_code,
        unused_macros,
        unused_imports,
        reason = "a target without vectors takes the loops over elements"
    )
)]

use fearless_simd::SimdFloat;
pub(crate) use fearless_simd::{Level as Vectors, Simd};

/// A vector of the instruction set `S`.
pub(crate) trait Vector<S: Simd>: SimdFloat<S> {
    /// The elements at `at`.
    ///
    /// # Safety
    /// There are `LEN`.
    unsafe fn load(simd: S, at: *const Self::Element) -> Self;
    /// Writes the elements to `at`.
    ///
    /// # Safety
    /// There is room for `LEN`, exclusively.
    unsafe fn store(self, at: *mut Self::Element);
    /// `self * b + c`, rounded once where the instruction set can.
    fn times_plus(self, b: Self, c: Self) -> Self;
}
impl<S: Simd, V: SimdFloat<S>> Vector<S> for V {
    #[inline(always)]
    unsafe fn load(simd: S, at: *const V::Element) -> V {
        // SAFETY: the caller's promise.
        V::from_slice(simd, unsafe { core::slice::from_raw_parts(at, V::LEN) })
    }
    #[inline(always)]
    unsafe fn store(self, at: *mut V::Element) {
        // SAFETY: the caller's promise; the elements lie in `self`, not there.
        unsafe { core::ptr::copy_nonoverlapping(self.as_slice().as_ptr(), at, V::LEN) };
    }
    #[inline(always)]
    fn times_plus(self, b: V, c: V) -> V {
        self.mul_add(b, c)
    }
}

/// The least instruction set of the target, which is part of all.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) type Least = fearless_simd::x86::Sse2;
/// The least instruction set of the target.
#[cfg(target_arch = "aarch64")]
pub(crate) type Least = fearless_simd::aarch64::Neon;
/// The least instruction set of the target.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) type Least = fearless_simd::wasm32::WasmSimd128;

/// The least instruction set, of one that is chosen.
#[cfg(any(
    target_arch = "x86",
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
))]
#[inline(always)]
pub(crate) fn least(vectors: Vectors) -> Option<Least> {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    return vectors.as_sse2();
    #[cfg(target_arch = "aarch64")]
    return vectors.as_neon();
    #[cfg(target_arch = "wasm32")]
    return vectors.as_wasm_simd128();
}

/// Evaluates `$of` with the instruction set of `$vectors` as `$simd`, compiled once for each that [`Level`](crate::Level) chooses from, and
/// `$otherwise` with none of them.
macro_rules! with_vectors {
    ($vectors:expr, $simd:ident => $of:expr, $otherwise:expr) => {
        match $vectors {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Some($crate::run::simd::Vectors::Avx512($simd)) => $of,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Some($crate::run::simd::Vectors::Avx2($simd)) => $of,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Some($crate::run::simd::Vectors::Sse2($simd)) => $of,
            #[cfg(target_arch = "aarch64")]
            Some($crate::run::simd::Vectors::Neon($simd)) => $of,
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Some($crate::run::simd::Vectors::WasmSimd128($simd)) => $of,
            _ => $otherwise,
        }
    };
}
pub(crate) use with_vectors;

/// Calls `body` with `arguments` in a function that is compiled for AVX2. They go by registers, as captures do not.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[inline(always)]
pub(crate) fn call_avx2<A, B, C>(
    _: fearless_simd::x86::Avx2,
    body: impl FnOnce(A, B, C),
    (a, b, c): (A, B, C),
) {
    #[inline]
    #[target_feature(enable = "avx2,bmi1,bmi2,cmpxchg16b,f16c,fma,fxsr,lzcnt,movbe,popcnt,xsave")]
    fn at_level<A, B, C, F: FnOnce(A, B, C)>(body: F, a: A, b: B, c: C) {
        body(a, b, c);
    }
    // SAFETY: the machine has the features, those of the token, as it proves.
    unsafe { at_level(body, a, b, c) };
}
