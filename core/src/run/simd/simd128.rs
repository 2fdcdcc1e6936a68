//! The 128-bit vectors of WebAssembly, on targets that have them.

use core::arch::wasm32 as arch;

use super::{Simd, shorts, vectors};

/// A value of this type proves that the machine has vectors of 128 bits.
#[derive(Clone, Copy)]
pub(crate) struct Simd128(());
impl Simd128 {
    /// # Safety
    /// The machine has vectors of 128 bits.
    #[inline(always)]
    pub(crate) const unsafe fn new() -> Self {
        Self(())
    }
}
impl Simd for Simd128 {
    type F32s = F32x4;
    type F64s = F64x2;
    type F32x4 = F32x4;
    type F64x2 = F64x2;
    #[inline(always)]
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
        body()
    }
}

vectors! {
    F32x4 of f32, 4: arch::v128, Simd128, "Four `f32`.",
        arch::f32x4_splat, arch::v128_load, arch::v128_store, arch::f32x4_add,
        |a, b, c| arch::f32x4_add(arch::f32x4_mul(a, b), c);
    F64x2 of f64, 2: arch::v128, Simd128, "Two `f64`.",
        arch::f64x2_splat, arch::v128_load, arch::v128_store, arch::f64x2_add,
        |a, b, c| arch::f64x2_add(arch::f64x2_mul(a, b), c);
}

shorts! {
    F32x4, Simd128: |a, b| [
        arch::i32x4_shuffle::<0, 4, 1, 5>(a, b), arch::i32x4_shuffle::<2, 6, 3, 7>(a, b)
    ];
    F64x2, Simd128: |a, b| [arch::i64x2_shuffle::<0, 2>(a, b), arch::i64x2_shuffle::<1, 3>(a, b)];
}
