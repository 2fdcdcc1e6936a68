//! The vectors of WebAssembly, which a program is compiled with or without.

use core::arch::wasm32::*;

use super::{Simd, Vector};

/// The instruction set `simd128`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Simd128(());

impl Simd128 {
    /// It is there: this module is compiled with it alone.
    pub(crate) const fn new() -> Self {
        Self(())
    }
}

/// A `v128` of elements of type `T`.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Of<T>(v128, core::marker::PhantomData<T>);

impl Simd for Simd128 {
    type F32 = Of<f32>;
    type F64 = Of<f64>;
    type ShortF32 = Of<f32>;
    type ShortF64 = Of<f64>;

    #[inline(always)]
    fn vectorize<R>(self, body: impl FnOnce() -> R) -> R {
        body()
    }
}

macro_rules! vector {
    ($element:ident, $len:literal, $splat:ident, $add:ident, $mul:ident) => {
        // SAFETY: a `v128` is 16 bytes.
        unsafe impl Vector<Simd128> for Of<$element> {
            type Element = $element;
            const LEN: usize = $len;
            #[inline(always)]
            fn splat(_: Simd128, x: $element) -> Self {
                Self($splat(x), core::marker::PhantomData)
            }
            #[inline(always)]
            unsafe fn load(_: Simd128, at: *const $element) -> Self {
                // SAFETY: the caller promises the elements.
                Self(unsafe { v128_load(at.cast()) }, core::marker::PhantomData)
            }
            #[inline(always)]
            unsafe fn store(self, _: Simd128, at: *mut $element) {
                // SAFETY: the caller promises the room.
                unsafe { v128_store(at.cast(), self.0) }
            }
            #[inline(always)]
            fn plus(self, _: Simd128, b: Self) -> Self {
                Self($add(self.0, b.0), core::marker::PhantomData)
            }
            #[inline(always)]
            fn times_plus(self, simd: Simd128, b: Self, c: Self) -> Self {
                Self($mul(self.0, b.0), core::marker::PhantomData).plus(simd, c)
            }
        }
    };
}
vector! { f32, 4, f32x4_splat, f32x4_add, f32x4_mul }
vector! { f64, 2, f64x2_splat, f64x2_add, f64x2_mul }
