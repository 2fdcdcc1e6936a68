//! Vectors of `f32` and `f64`, for the kernels that are written over them, and the instruction sets that they belong to.
//!
//! A value of an instruction set proves that the machine has it, so that its vectors can be used. They have what the kernels need and no
//! more: six operations on four types. Crates that offer all of them take several times as long to compile as this one.

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
mod aarch64;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm32;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod x86;

#[cfg(target_arch = "aarch64")]
pub(crate) use aarch64::Neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm32::Simd128;
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) use x86::{Avx2, Avx512, Sse2};

/// An instruction set with vectors. A value proves that the machine has it.
pub(crate) trait Simd: Copy {
    /// As many `f32` as a register holds.
    type F32: Vector<Self, Element = f32>;
    /// As many `f64` as a register holds.
    type F64: Vector<Self, Element = f64>;
    /// As many `f32` as the smallest register holds.
    type ShortF32: Vector<Self, Element = f32>;
    /// As many `f64` as the smallest register holds.
    type ShortF64: Vector<Self, Element = f64>;

    /// Calls `body` in a function that is compiled for the instruction set; what of it is `#[inline(always)]` is compiled so too.
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R;
    /// As `vectorize`, of a function of three arguments, which go by registers as captures do not.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn call<A, B, C>(self, body: impl FnOnce(A, B, C), arguments: (A, B, C));
}

/// A vector of the instruction set `S`.
///
/// # Safety
/// It consists of `LEN` elements side by side.
pub(crate) unsafe trait Vector<S>: Copy {
    /// What it consists of.
    type Element: Copy;
    /// How many elements.
    const LEN: usize;

    /// All elements are `x`.
    fn splat(simd: S, x: Self::Element) -> Self;
    /// The elements at `at`.
    ///
    /// # Safety
    /// There are `LEN`.
    unsafe fn load(simd: S, at: *const Self::Element) -> Self;
    /// Writes the elements to `at`.
    ///
    /// # Safety
    /// There is room for `LEN`, exclusively.
    unsafe fn store(self, simd: S, at: *mut Self::Element);
    /// `self + b`.
    fn plus(self, simd: S, b: Self) -> Self;
    /// `self * b + c`, rounded once where the instruction set can.
    fn times_plus(self, simd: S, b: Self, c: Self) -> Self;
}

/// The instruction set of a level.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Vectors {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx512(Avx512),
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx2(Avx2),
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Sse2(Sse2),
    #[cfg(target_arch = "aarch64")]
    Neon(Neon),
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128(Simd128),
}

impl Vectors {
    /// AVX2, where it is part of it.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    #[inline(always)]
    pub(crate) fn as_avx2(self) -> Option<Avx2> {
        match self {
            Self::Avx512(avx512) => Some(avx512.as_avx2()),
            Self::Avx2(avx2) => Some(avx2),
            Self::Sse2(_) => None,
        }
    }

    /// The smallest that there is, which is part of all.
    #[cfg(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    ))]
    #[inline(always)]
    pub(crate) fn least(self) -> Least {
        match self {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Avx512(avx512) => avx512.as_avx2().as_sse2(),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Avx2(avx2) => avx2.as_sse2(),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Self::Sse2(sse2) => sse2,
            #[cfg(target_arch = "aarch64")]
            Self::Neon(neon) => neon,
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Self::Simd128(simd128) => simd128,
        }
    }
}

/// The smallest instruction set of the target.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) type Least = Sse2;
/// The smallest instruction set of the target.
#[cfg(target_arch = "aarch64")]
pub(crate) type Least = Neon;
/// The smallest instruction set of the target.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) type Least = Simd128;

/// Evaluates `$of` with the instruction set of `$vectors` as `$simd`: it is compiled once for each.
macro_rules! with_vectors {
    ($vectors:expr, $simd:ident => $of:expr) => {
        match $vectors {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            $crate::kernels::simd::Vectors::Avx512($simd) => $of,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            $crate::kernels::simd::Vectors::Avx2($simd) => $of,
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            $crate::kernels::simd::Vectors::Sse2($simd) => $of,
            #[cfg(target_arch = "aarch64")]
            $crate::kernels::simd::Vectors::Neon($simd) => $of,
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            $crate::kernels::simd::Vectors::Simd128($simd) => $of,
        }
    };
}
pub(crate) use with_vectors;

/// Vectors of an instruction set, by its intrinsics.
#[cfg(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! vectors {
    ($simd:ty: $($vector:ident, $element:ident, $len:literal, $splat:ident, $load:ident, $store:ident, $plus:ident, $times_plus:ident;)*) => {$(
        // SAFETY: the vector's elements are side by side, and so many.
        #[allow(unused_unsafe, reason = "intrinsics of the target's baseline are safe")]
        unsafe impl $crate::kernels::simd::Vector<$simd> for $vector {
            type Element = $element;
            const LEN: usize = $len;
            #[inline(always)]
            fn splat(_: $simd, x: $element) -> Self {
                // SAFETY: the machine has the instruction set, as its value proves.
                unsafe { $splat(x) }
            }
            #[inline(always)]
            unsafe fn load(_: $simd, at: *const $element) -> Self {
                // SAFETY: as above; the caller promises the elements.
                unsafe { $load(at.cast()) }
            }
            #[inline(always)]
            unsafe fn store(self, _: $simd, at: *mut $element) {
                // SAFETY: as above; the caller promises the room.
                unsafe { $store(at.cast(), self) }
            }
            #[inline(always)]
            fn plus(self, _: $simd, b: Self) -> Self {
                // SAFETY: as above.
                unsafe { $plus(self, b) }
            }
            #[inline(always)]
            fn times_plus(self, _: $simd, b: Self, c: Self) -> Self {
                // SAFETY: as above.
                unsafe { $times_plus(self, b, c) }
            }
        }
    )*};
}
#[cfg(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"))]
use vectors;
