//! SIMD vectors of `f32` and `f64` for the kernels that are written with explicit vectors, and
//! functions that are compiled for an instruction set.
//!
//! A kernel is written once, over the traits [`Simd`], [`Vector`] and [`Short`]. These have only
//! the operations that kernels use: splat, load, store, add and multiply-add, and for vectors of
//! 128 bits interleaving. The files in `simd` implement the traits with the compiler's intrinsics
//! for each instruction set. (An external crate of SIMD vectors would serve as well, but took half
//! of the time of a clean build.) A value of an instruction set's type proves that the machine has
//! that instruction set.

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

#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod x86;

#[cfg(target_arch = "aarch64")]
pub(crate) use neon::Neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use simd128::Simd128;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) use x86::{Avx2, Avx512, Sse2, call_avx2};

/// An instruction set with vectors. A value of the type proves that the machine has the instruction
/// set.
pub(crate) trait Simd: Copy + Send + Sync + 'static {
    /// The widest vector of `f32`.
    type F32s: Vector<Self, Element = f32>;
    /// The widest vector of `f64`.
    type F64s: Vector<Self, Element = f64>;
    /// A vector of four `f32`.
    type F32x4: Short<Self, Element = f32>;
    /// A vector of two `f64`.
    type F64x2: Short<Self, Element = f64>;
    /// Calls `body`, inlined into a function that is compiled for the instruction set.
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R;
}

/// A vector of the instruction set `S`.
pub(crate) trait Vector<S: Simd>: Copy {
    /// The type of the elements.
    type Element: Copy;
    /// The number of elements.
    const LEN: usize;
    /// The vector whose every element is `x`.
    fn splat(simd: S, x: Self::Element) -> Self;
    /// Loads `LEN` elements from `at`.
    ///
    /// # Safety
    /// There are `LEN` elements at `at`.
    unsafe fn load(simd: S, at: *const Self::Element) -> Self;
    /// Stores the elements to `at`.
    ///
    /// # Safety
    /// There is room for `LEN` elements at `at`, exclusively.
    unsafe fn store(self, at: *mut Self::Element);
    /// `self + b`.
    fn plus(self, b: Self) -> Self;
    /// `self * b + c`, rounded once if the instruction set has an instruction for that, else twice.
    fn times_plus(self, b: Self, c: Self) -> Self;
}

/// A vector of 128 bits. Every instruction set has such vectors.
pub(crate) trait Short<S: Simd>: Vector<S> {
    /// Interleaves the elements of `self` and `b`: `self[0], b[0], self[1], b[1], ..`. The first
    /// vector has the first half of this sequence, and the second vector the second half.
    #[cfg_attr(
        not(feature = "alloc"),
        allow(dead_code, reason = "nothing is packed without an allocator")
    )]
    fn in_turn(self, b: Self) -> [Self; 2];
}

/// The instruction sets of the target. A value proves that the machine has the named instruction
/// set.
#[derive(Clone, Copy)]
pub(crate) enum Vectors {
    /// AVX-512, with the extensions that Ice Lake and Zen 4 have.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx512(Avx512),
    /// AVX2 with FMA.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx2(Avx2),
    /// SSE2.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Sse2(Sse2),
    /// NEON.
    #[cfg(target_arch = "aarch64")]
    Neon(Neon),
    /// WebAssembly's 128-bit vectors.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128(Simd128),
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl Vectors {
    /// AVX2, if the instruction set is AVX2 or includes it.
    #[inline(always)]
    pub(crate) fn avx2(self) -> Option<Avx2> {
        match self {
            Self::Avx512(avx512) => Some(avx512.avx2()),
            Self::Avx2(avx2) => Some(avx2),
            Self::Sse2(_) => None,
        }
    }
}

/// The smallest instruction set of the target, which all others of the target include.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) type Baseline = Sse2;
/// The smallest instruction set of the target.
#[cfg(target_arch = "aarch64")]
pub(crate) type Baseline = Neon;
/// The smallest instruction set of the target.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) type Baseline = Simd128;

/// A value of the smallest instruction set of the target. The machine has that instruction set,
/// because the one in `vectors` includes it.
#[cfg(any(
    target_arch = "x86",
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
))]
#[inline(always)]
pub(crate) fn least(vectors: Vectors) -> Baseline {
    match vectors {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Vectors::Avx512(avx512) => avx512.sse2(),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Vectors::Avx2(avx2) => avx2.sse2(),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Vectors::Sse2(sse2) => sse2,
        #[cfg(target_arch = "aarch64")]
        Vectors::Neon(neon) => neon,
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        Vectors::Simd128(simd128) => simd128,
    }
}

/// Evaluates `$of` with `$simd` as the value of the instruction set in `$vectors`, or `$otherwise`
/// if `$vectors` is `None`. `$of` is compiled once for each instruction set that
/// [`Level`](crate::Level) can choose.
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
            Some($crate::run::simd::Vectors::Simd128($simd)) => $of,
            _ => $otherwise,
        }
    };
}
pub(crate) use with_vectors;

/// Implements [`Vector`] for the vectors of an instruction set, given the intrinsics.
macro_rules! vectors {
    ($($name:ident of $element:ty, $len:literal: $register:ty, $simd:ty, $doc:literal,
        $splat:path, $load:path, $store:path, $plus:path,
        |$a:ident, $b:ident, $c:ident| $times_plus:expr;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy)]
        pub(crate) struct $name($register);
        impl $crate::run::simd::Vector<$simd> for $name {
            type Element = $element;
            const LEN: usize = $len;
            #[inline(always)]
            fn splat(_: $simd, x: $element) -> Self {
                // SAFETY: the value of `$simd` proves that the machine has the instruction set.
                #[allow(unused_unsafe, reason = "some are safe where the target has them")]
                Self(unsafe { $splat(x) })
            }
            #[inline(always)]
            unsafe fn load(_: $simd, at: *const $element) -> Self {
                // SAFETY: the value of `$simd` proves that the machine has the instruction set. The
                // caller promises `$len` elements at `at`, which need not be aligned.
                Self(unsafe { $load(at.cast()) })
            }
            #[inline(always)]
            unsafe fn store(self, at: *mut $element) {
                // SAFETY: the caller promises room for `$len` elements at `at`. The machine has the
                // instruction set, because `self` was made with a value of `$simd`.
                unsafe { $store(at.cast(), self.0) };
            }
            #[inline(always)]
            fn plus(self, b: Self) -> Self {
                // SAFETY: the machine has the instruction set, because `self` was made with a value
                // of `$simd`.
                #[allow(unused_unsafe, reason = "some are safe where the target has them")]
                Self(unsafe { $plus(self.0, b.0) })
            }
            #[inline(always)]
            fn times_plus(self, b: Self, c: Self) -> Self {
                let ($a, $b, $c) = (self.0, b.0, c.0);
                // SAFETY: the machine has the instruction set, because `self` was made with a value
                // of `$simd`.
                #[allow(unused_unsafe, reason = "some are safe where the target has them")]
                Self(unsafe { $times_plus })
            }
        }
    )*};
}
#[allow(unused_imports, reason = "a target without vectors has none")]
use vectors;

/// Implements [`Short`] for vectors of 128 bits, given the intrinsics.
macro_rules! shorts {
    ($($name:ident, $simd:ty: |$a:ident, $b:ident| [$first:expr, $second:expr];)*) => {$(
        impl $crate::run::simd::Short<$simd> for $name {
            #[inline(always)]
            fn in_turn(self, b: Self) -> [Self; 2] {
                let ($a, $b) = (self.0, b.0);
                // SAFETY: the machine has the instruction set, because `self` was made with a value
                // of `$simd`.
                #[allow(unused_unsafe, reason = "some are safe where the target has them")]
                unsafe { [Self($first), Self($second)] }
            }
        }
    )*};
}
#[allow(unused_imports, reason = "a target without vectors has none")]
use shorts;
