//! The square root. All three implementations round correctly, so the choice between them changes
//! no bit.
//!
//! With `std` the square root is one instruction, which vectorises. Without `std`, stable `core`
//! has no square root. The one of libm is a loop in integer arithmetic, unless libm knows the
//! target's instruction for square roots. It does not know that of a Cortex-M with a floating-point
//! unit, so that instruction is issued by `asm!`: 8 instructions an element instead of 60. (The
//! unit takes 14 cycles for the root.)

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
    // SAFETY: the ABI `eabihf` passes floats in registers, so the machine has the floating-point
    // unit that these instructions need. `x` and `root` are in core registers, as stable Rust has
    // no operands for the unit's registers; `s0`, which is overwritten, is declared. No other state
    // depends on the instructions, as Rust leaves the flags of floating-point exceptions
    // unspecified.
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
