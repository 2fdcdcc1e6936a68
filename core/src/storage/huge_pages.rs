//! Huge pages for large buffers. With them the first touch of fresh memory causes one page fault
//! for each 2 MiB instead of 512. Without huge pages, the page faults take several times as long as
//! the arithmetic on the elements.
//!
//! `madvise` is declared here because the crate `libc` would be a dependency for one function.

/// The size of a huge page in bytes.
pub(super) const SIZE: usize = 2 * 1024 * 1024;

/// Whether a buffer of `bytes` bytes is laid out in huge pages: from 16 MiB on, on Linux with
/// `std`. The buffer need not fill the last page.
pub(super) const fn wanted(bytes: usize) -> bool {
    cfg!(all(feature = "std", target_os = "linux", not(miri))) && bytes >= 8 * SIZE
}

/// Asks the system to use huge pages for the `len` bytes at `at`. Both `at` and `len` are multiples
/// of [`SIZE`]. The call changes no content and touches no memory, so fresh zero pages stay
/// untouched.
pub(super) fn ask(at: *mut u8, len: usize) {
    #[cfg(all(feature = "std", target_os = "linux", not(miri)))]
    {
        use core::ffi::{c_int, c_void};
        unsafe extern "C" {
            // A function of the C library, which `std` links on Linux.
            fn madvise(at: *mut c_void, len: usize, advice: c_int) -> c_int;
        }
        const MADV_HUGEPAGE: c_int = 14;
        // SAFETY: `MADV_HUGEPAGE` changes which pages the system uses, and no content. If the
        // system cannot follow this advice, the call fails, and nothing depends on its success.
        unsafe { madvise(at.cast(), len, MADV_HUGEPAGE) };
    }
    #[cfg(not(all(feature = "std", target_os = "linux", not(miri))))]
    let _ = (at, len);
}
