//! Values that begin at a cache line.

/// A value that is aligned to a cache line. It is loaded and stored in whole SIMD vectors, and a
/// vector that crosses from one line to the next would take two accesses. On targets other than x86
/// and 64-bit Arm the value has only its own alignment.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"),
    repr(align(64))
)]
pub(crate) struct Lined<T>(pub(crate) T);
