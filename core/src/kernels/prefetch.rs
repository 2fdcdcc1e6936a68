//! Asking for memory before it is read.
//!
//! Kernels that compute much between reads, as reductions do, keep the processor from looking far enough ahead by itself, and caches only
//! guess. A request reads nothing and changes no result: it may be of any address.

/// How far ahead of what is read, in bytes.
const AHEAD: usize = 4096;
/// The bytes of a cache line.
const LINE: usize = 64;

/// Asks for the cache lines of `len` elements, [`AHEAD`] of those from `at` on.
#[inline(always)]
pub(crate) fn prefetch<T>(at: *const T, len: usize) {
    let first = at.cast::<i8>().wrapping_add(AHEAD);
    for line in (0..len * size_of::<T>()).step_by(LINE) {
        #[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse"))]
        {
            #[cfg(target_arch = "x86")]
            use core::arch::x86::{_MM_HINT_T0, _mm_prefetch};
            #[cfg(target_arch = "x86_64")]
            use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            // SAFETY: the target has SSE, and the instruction does not fault, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(first.wrapping_add(line)) };
        }
        // Elsewhere stable Rust has no such instruction.
        #[cfg(not(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse")))]
        let _ = first.wrapping_add(line);
    }
}
