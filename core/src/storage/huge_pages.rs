//! Huge pages for large buffers: the first touch of fresh memory then costs one page fault in 2 MiB instead of 512.

/// A huge page of the system, in bytes.
pub(super) const SIZE: usize = 2 * 1024 * 1024;

/// Whether a buffer of so many bytes is laid out in huge pages, the last of which it may not fill.
pub(super) const fn wanted(bytes: usize) -> bool {
    cfg!(all(feature = "std", target_os = "linux", not(miri))) && bytes >= 8 * SIZE
}

/// Asks the system for huge pages in `len` bytes at `at`, which begin and end at one. What is there stays as it is, and untouched memory
/// stays untouched.
pub(super) fn ask(at: *mut u8, len: usize) {
    #[cfg(all(feature = "std", target_os = "linux", not(miri)))]
    {
        use core::ffi::{c_int, c_void};
        unsafe extern "C" {
            // Of the C library, which `std` links on Linux.
            fn madvise(at: *mut c_void, len: usize, advice: c_int) -> c_int;
        }
        const MADV_HUGEPAGE: c_int = 14;
        // SAFETY: this advice changes which pages the system uses, and no content; where it cannot be followed the call fails, and
        // nothing depends on that.
        unsafe { madvise(at.cast(), len, MADV_HUGEPAGE) };
    }
    #[cfg(not(all(feature = "std", target_os = "linux", not(miri))))]
    let _ = (at, len);
}
