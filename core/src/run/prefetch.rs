//! Asking for memory before it is read.
//!
//! Kernels that compute much between reads, as reductions do, keep the processor from looking far
//! enough ahead by itself, and caches only guess. A request reads nothing and changes no result: it
//! may be of any address.

/// How far ahead of what is read, in bytes.
const AHEAD: usize = 2048;
/// Two cache lines, in bytes: processors fetch the neighbour themselves.
const LINES: usize = 128;

/// Asks for the cache lines of `len` elements, [`AHEAD`] of those from `at` on: into the
/// second-level cache, which waits for more lines at once than the first does (on Zen 4, asking for
/// them in the first took twice as long as not asking).
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn prefetch<T>(at: *const T, len: usize) {
    let first = at.cast::<i8>().wrapping_add(AHEAD);
    for line in (0..len * size_of::<T>()).step_by(LINES) {
        #[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse"))]
        {
            #[cfg(target_arch = "x86")]
            use core::arch::x86::{_MM_HINT_T1, _mm_prefetch};
            #[cfg(target_arch = "x86_64")]
            use core::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
            // SAFETY: the target has SSE, and the instruction does not fault, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_T1>(first.wrapping_add(line)) };
        }
        // Elsewhere stable Rust has no such instruction.
        #[cfg(not(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse")))]
        let _ = first.wrapping_add(line);
    }
}
