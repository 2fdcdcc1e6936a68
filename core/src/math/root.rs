//! The square root, correctly rounded by all that it can be: so which of them it is changes no bit.
//!
//! With `std` it is an instruction, which vectorises. Without, `core` has none on stable Rust, and
//! libm's has a loop of integers where it knows no instruction of the target's: as on a Cortex-M,
//! whose floating-point unit takes 14 cycles for it.

/// The square root.
#[cfg(feature = "std")]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sqrt_f32(x: f32) -> f32 {
    x.sqrt()
}

/// The square root.
#[cfg(all(not(feature = "std"), target_arch = "arm", target_abi = "eabihf"))]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sqrt_f32(x: f32) -> f32 {
    let root: u32;
    // SAFETY: an ABI that passes floats in registers has the unit that these belong to. The number
    // goes there and back by registers of the core, as stable Rust has no names for the others; the
    // one that is written is told. No other state depends on it, as Rust leaves the flags of
    // floating-point exceptions unspecified.
    unsafe {
        core::arch::asm!(
            "vmov s0, {x}",
            "vsqrt.f32 s0, s0",
            "vmov {x}, s0",
            x = inlateout(reg) x.to_bits() => root,
            out("s0") _,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    f32::from_bits(root)
}

/// The square root.
#[cfg(not(any(feature = "std", all(target_arch = "arm", target_abi = "eabihf"))))]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sqrt_f32(x: f32) -> f32 {
    libm::sqrtf(x)
}

/// The square root.
#[cfg(feature = "std")]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sqrt_f64(x: f64) -> f64 {
    x.sqrt()
}

/// The square root.
#[cfg(not(feature = "std"))]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn sqrt_f64(x: f64) -> f64 {
    libm::sqrt(x)
}
