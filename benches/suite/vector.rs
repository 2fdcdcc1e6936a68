//! Vectors of `f32` for the hand-written kernels, and the choice between them at run time.
//!
//! Adding a level takes an `impl Vector` and a line of [`at_level`].

/// A vector of `LANES` elements.
///
/// # Safety
/// Every method needs the instructions of the vector's [`Level`], and the pointers must reach
/// `LANES` elements; `stream` needs an address aligned to the vector.
pub unsafe trait Vector: Copy {
    /// The number of elements.
    const LANES: usize;
    /// The rows of the tile of a matrix product, two vectors wide, that fits into the registers.
    const TILE: usize;
    unsafe fn splat(x: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    /// A store that bypasses the caches.
    unsafe fn stream(self, to: *mut f32);
    unsafe fn add(self, b: Self) -> Self;
    unsafe fn sub(self, b: Self) -> Self;
    unsafe fn mul(self, b: Self) -> Self;
    /// `self * b + c`, rounded once if the level can.
    unsafe fn mul_add(self, b: Self, c: Self) -> Self;
    unsafe fn max(self, b: Self) -> Self;
    /// `yes` where `self > limit`, `no` elsewhere.
    unsafe fn if_greater(self, limit: Self, yes: Self, no: Self) -> Self;
    /// `self` times 2 to the power of the integer in the low bits of `n`, if the result is a normal
    /// number.
    unsafe fn scale_by_bits(self, n: Self) -> Self;
    /// The sum of the lanes.
    unsafe fn sum_lanes(self) -> f32;
    /// The maximum of the lanes.
    unsafe fn max_lanes(self) -> f32;
    /// Reorders the lanes of each group of four. `ORDER` has two bits for each lane.
    unsafe fn quarters<const ORDER: i32>(self) -> Self;
    /// Loads four elements, repeated over the vector.
    unsafe fn load_quarters(from: *const f32) -> Self;
}

/// The instruction set of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Arrays, which the compiler vectorises for the target's baseline.
    Portable,
    /// SSE2, which every x86-64 has.
    Sse2,
    /// AVX2 and FMA.
    Avx2,
    /// AVX-512.
    Avx512,
}

impl Level {
    /// The best level that this machine has.
    pub fn detected() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("fma") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::baseline()
    }

    /// The target's baseline.
    pub fn baseline() -> Self {
        if cfg!(target_arch = "x86_64") { Self::Sse2 } else { Self::Portable }
    }

    /// The level with this name, if this machine has it.
    pub fn named(name: &str) -> Self {
        let named = match name {
            "portable" => Self::Portable,
            "sse2" => Self::Sse2,
            "avx2" => Self::Avx2,
            "avx512" => Self::Avx512,
            _ => panic!("{name} is none of portable, sse2, avx2, avx512"),
        };
        assert!(named as u8 <= Self::detected() as u8, "this machine does not have {name}");
        named
    }

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Sse2 => "SSE2",
            Self::Avx2 => "AVX2",
            Self::Avx512 => "AVX-512",
        }
    }
}

/// Defines a function of a [`Level`] and further arguments, from one over any [`Vector`]: the
/// kernel is compiled once per level, and chosen by the first argument.
///
/// The defined function is safe: it calls a kernel only where the processor has the kernel's
/// instructions, and each kernel checks the lengths of its slices.
macro_rules! at_level {
    ($($(#[$doc:meta])* $name:ident = $kernel:ident($($argument:ident: $type:ty),*);)*) => {$(
        $(#[$doc])*
        pub fn $name(level: $crate::suite::vector::Level, $($argument: $type),*) {
            use $crate::suite::vector::Level;
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx2,fma")]
            fn avx512($($argument: $type),*) {
                // SAFETY: this function has the instructions; the kernel checks its slices.
                unsafe { $kernel::<core::arch::x86_64::__m512>($($argument),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) {
                // SAFETY: this function has the instructions; the kernel checks its slices.
                unsafe { $kernel::<core::arch::x86_64::__m256>($($argument),*) }
            }
            match level {
                // SAFETY: a level is made only where its instructions were detected.
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => unsafe { avx512($($argument),*) },
                // SAFETY: a level is made only where its instructions were detected.
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: every x86-64 has SSE2; the kernel checks its slices.
                #[cfg(target_arch = "x86_64")]
                Level::Sse2 => unsafe { $kernel::<core::arch::x86_64::__m128>($($argument),*) },
                // SAFETY: a portable vector needs no instructions; the kernel checks its slices.
                _ => unsafe { $kernel::<$crate::suite::vector::Portable>($($argument),*) },
            }
        }
    )*};
}
pub(crate) use at_level;

/// Eight elements, compiled for the target's baseline.
#[derive(Clone, Copy)]
pub struct Portable([f32; 8]);

impl Portable {
    #[inline(always)]
    fn zip(self, b: Self, with: impl Fn(f32, f32) -> f32) -> Self {
        Self(core::array::from_fn(|i| with(self.0[i], b.0[i])))
    }
}

// SAFETY: the methods need no instructions beyond the target's baseline.
unsafe impl Vector for Portable {
    const LANES: usize = 8;
    const TILE: usize = 2;
    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        Self([x; 8])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller promises that `from` reaches eight elements.
        Self(unsafe { from.cast::<[f32; 8]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller promises that `to` reaches eight elements.
        unsafe { to.cast::<[f32; 8]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn stream(self, to: *mut f32) {
        // SAFETY: the caller promises that `to` reaches eight elements.
        unsafe { self.store(to) }
    }
    #[inline(always)]
    unsafe fn add(self, b: Self) -> Self {
        self.zip(b, |a, b| a + b)
    }
    #[inline(always)]
    unsafe fn sub(self, b: Self) -> Self {
        self.zip(b, |a, b| a - b)
    }
    #[inline(always)]
    unsafe fn mul(self, b: Self) -> Self {
        self.zip(b, |a, b| a * b)
    }
    #[inline(always)]
    unsafe fn mul_add(self, b: Self, c: Self) -> Self {
        self.zip(b, |a, b| a * b).zip(c, |ab, c| ab + c)
    }
    #[inline(always)]
    unsafe fn max(self, b: Self) -> Self {
        self.zip(b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    unsafe fn if_greater(self, limit: Self, yes: Self, no: Self) -> Self {
        Self(core::array::from_fn(|i| if self.0[i] > limit.0[i] { yes.0[i] } else { no.0[i] }))
    }
    #[inline(always)]
    unsafe fn scale_by_bits(self, n: Self) -> Self {
        self.zip(n, |x, n| f32::from_bits(x.to_bits().wrapping_add(n.to_bits() << 23)))
    }
    #[inline(always)]
    unsafe fn sum_lanes(self) -> f32 {
        let [a, b, c, d, e, f, g, h] = self.0;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
    #[inline(always)]
    unsafe fn max_lanes(self) -> f32 {
        self.0.into_iter().fold(f32::NEG_INFINITY, f32::max)
    }
    #[inline(always)]
    unsafe fn quarters<const ORDER: i32>(self) -> Self {
        Self(core::array::from_fn(|i| self.0[i / 4 * 4 + (ORDER >> (i % 4 * 2) & 3) as usize]))
    }
    #[inline(always)]
    unsafe fn load_quarters(from: *const f32) -> Self {
        // SAFETY: the caller promises that `from` reaches eight elements.
        let four = unsafe { from.cast::<[f32; 4]>().read_unaligned() };
        Self(core::array::from_fn(|i| four[i % 4]))
    }
}

#[cfg(target_arch = "x86_64")]
mod x86;

/// Ends a run of streaming stores. Until this is called, they are not ordered with later stores.
#[inline(always)]
pub fn after_streaming() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 has this instruction.
    unsafe {
        core::arch::x86_64::_mm_sfence();
    }
}

/// `1 / sqrt(x)`, within 4 ULP.
#[inline(always)]
pub fn reciprocal_sqrt(x: f32) -> f32 {
    #[cfg(target_arch = "x86_64")]
    {
        use core::arch::x86_64::{_mm_cvtss_f32, _mm_rsqrt_ss, _mm_set_ss};
        // SAFETY: every x86-64 has this instruction.
        let y = unsafe { _mm_cvtss_f32(_mm_rsqrt_ss(_mm_set_ss(x))) };
        // One step of Newton's method: the instruction has 12 correct bits.
        y * (1.5 - 0.5 * x * y * y)
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        1.0 / x.sqrt()
    }
}
