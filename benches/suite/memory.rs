//! Memory of the hand-written kernels: pages of its own, and huge ones if the system supports them.

use std::ops::{Deref, DerefMut};

use core::ffi::c_void;

/// Elements in pages that have never been touched before.
pub struct Buffer {
    first: *mut f32,
    len: usize,
    base: *mut c_void,
    bytes: usize,
}

/// The alignment and the size of a huge page.
const HUGE: usize = 2 << 20;

#[cfg(target_os = "linux")]
mod system {
    use core::ffi::{c_int, c_long, c_void};

    unsafe extern "C" {
        fn mmap(
            at: *mut c_void,
            len: usize,
            access: c_int,
            how: c_int,
            file: c_int,
            from: c_long,
        ) -> *mut c_void;
        fn munmap(at: *mut c_void, len: usize) -> c_int;
        fn madvise(at: *mut c_void, len: usize, advice: c_int) -> c_int;
    }
    const READ_WRITE: c_int = 1 | 2;
    const PRIVATE_ANONYMOUS: c_int = 0x02 | 0x20;
    const HUGE_PAGES: c_int = 14;

    /// Zeroed pages; the system is asked to make them huge.
    pub fn pages(bytes: usize) -> *mut c_void {
        // SAFETY: a new mapping touches no existing memory; advice on it changes no contents.
        unsafe {
            let base = mmap(core::ptr::null_mut(), bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
            assert!(base as isize != -1, "no memory for {bytes} bytes");
            // A system without huge pages reports that, and the pages are small.
            madvise(base, bytes, HUGE_PAGES);
            base
        }
    }
    /// # Safety
    /// `base` must come from `pages(bytes)`, and must not be used again.
    pub unsafe fn release(base: *mut c_void, bytes: usize) {
        // SAFETY: the caller promises that `base` came from `pages(bytes)` and is not used again.
        unsafe { munmap(base, bytes) };
    }
}
#[cfg(not(target_os = "linux"))]
mod system {
    use core::ffi::c_void;
    use std::alloc::{Layout, alloc_zeroed, dealloc};

    fn layout(bytes: usize) -> Layout {
        Layout::from_size_align(bytes, 64).expect("a size that fits")
    }
    /// Zeroed memory.
    pub fn pages(bytes: usize) -> *mut c_void {
        // SAFETY: the size is not 0.
        let base = unsafe { alloc_zeroed(layout(bytes)) };
        assert!(!base.is_null(), "no memory for {bytes} bytes");
        base.cast()
    }
    /// # Safety
    /// `base` must come from `pages(bytes)`, and must not be used again.
    pub unsafe fn release(base: *mut c_void, bytes: usize) {
        // SAFETY: the caller promises that `base` came from `pages(bytes)` and is not used again.
        unsafe { dealloc(base.cast(), layout(bytes)) };
    }
}

impl Buffer {
    /// `len` zeros, whose pages are not allocated before they are touched.
    pub fn zeros(len: usize) -> Self {
        let bytes = len * size_of::<f32>() + HUGE;
        let base = system::pages(bytes);
        let align = if len * size_of::<f32>() < HUGE { 64 } else { HUGE };
        let first = base.wrapping_byte_add(base.addr().wrapping_neg() % align).cast();
        Self { first, len, base, bytes }
    }

    /// A copy.
    pub fn of(elements: &[f32]) -> Self {
        let mut this = Self::zeros(elements.len());
        this.copy_from_slice(elements);
        this
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: `base` came from `pages(bytes)`, and is not used again.
        unsafe { system::release(self.base, self.bytes) }
    }
}
impl Deref for Buffer {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        // SAFETY: the mapping has `len` elements from `first` on, initially zero, and `self` owns
        // it.
        unsafe { core::slice::from_raw_parts(self.first, self.len) }
    }
}
impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: the mapping has `len` elements from `first` on, initially zero. `self` owns it,
        // and is borrowed exclusively.
        unsafe { core::slice::from_raw_parts_mut(self.first, self.len) }
    }
}

/// Brings the allocator to the state of a process that has worked for a while. Until glibc has seen
/// a large block freed, it returns memory to the system on each free, and takes new pages on each
/// allocation. Peers allocate each result, and would be charged for that.
pub fn settle_allocator() {
    // Just under the size up to which glibc adapts its threshold.
    drop(std::hint::black_box(vec![0u8; 31 << 20]));
}
