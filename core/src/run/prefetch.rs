//! Prefetching: requests memory before it is read.
//!
//! Kernels that compute much between two reads, as reductions do, keep the processor from looking
//! far enough ahead by itself, and the hardware prefetchers only guess. A request changes no
//! result, and its address may be invalid.
//!
//! Reductions along lanes prefetch. Reductions across lanes do not: they read too many rows at the
//! same time, and prefetching made them slower.

/// The distance from the elements that are read to the cache lines that are requested, in bytes.
const AHEAD: usize = 2048;
/// The step between requests, in bytes: two cache lines, since processors fetch the second line of
/// a pair themselves.
const LINES: usize = 128;

/// Requests the cache lines that are [`AHEAD`] bytes after the `len` elements from `at` on. The
/// lines go into the second-level cache, which can wait for more lines at once than the first-level
/// cache. Requests into the first-level cache for every line were best on Zen 3, but on Zen 4 took
/// twice as long as no requests at all.
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
            // SAFETY: the target has SSE, and a prefetch does not fault, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_T1>(first.wrapping_add(line)) };
        }
        // On other targets stable Rust has no prefetch instruction, so this function does nothing.
        #[cfg(not(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse")))]
        let _ = first.wrapping_add(line);
    }
}
