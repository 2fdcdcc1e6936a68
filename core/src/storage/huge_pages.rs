//! Huge pages for large buffers: the first touch of fresh memory then costs one page fault in 2 MiB
//! instead of 512, and those cost several times the arithmetic.
//!
//! `madvise` is declared here because the crate `libc` would be a dependency for one function.

/// The size of a huge page in bytes.
pub(super) const SIZE: usize = 2 * 1024 * 1024;

/// Whether a buffer of `bytes` bytes is laid out in huge pages, of which it may not fill the last:
/// from 16 MiB on, on Linux with `std`.
pub(super) const fn wanted(bytes: usize) -> bool {
    cfg!(all(feature = "std", target_os = "linux", not(miri))) && bytes >= 8 * SIZE
}

/// Asks the system for huge pages in `len` bytes at `at`, which begin and end at a multiple of
/// [`SIZE`]. This changes no content, and touches no memory: fresh zero pages stay untouched.
pub(super) fn ask(at: *mut u8, len: usize) {
    #[cfg(all(feature = "std", target_os = "linux", not(miri)))]
    {
        use core::ffi::{c_int, c_void};
        unsafe extern "C" {
            // A function of the C library, which `std` links on Linux.
            fn madvise(at: *mut c_void, len: usize, advice: c_int) -> c_int;
        }
        const MADV_HUGEPAGE: c_int = 14;
        // SAFETY: this advice changes which pages the system uses, and no content. Where the system
        // cannot follow it, the call fails, and nothing depends on that.
        unsafe { madvise(at.cast(), len, MADV_HUGEPAGE) };
    }
    #[cfg(not(all(feature = "std", target_os = "linux", not(miri))))]
    let _ = (at, len);
}
