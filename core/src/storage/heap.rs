//! Heap storage: aligned to 64 bytes, large buffers to pages; allocated without ever passing through the stack, and lazily zeroed.

use alloc::alloc::{Layout as Allocation, alloc, alloc_zeroed, dealloc, handle_alloc_error};
use core::mem::{MaybeUninit, size_of};
use core::ptr::NonNull;

use super::{Heap, Storage, StorageMut, huge_pages};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::{Dense, dense_strides};
use crate::shape::Shape;

/// The alignment of every heap buffer: a cache line, and the widest vector.
const ALIGN: usize = 64;

/// The bytes of a page, and the distance at which addresses look the same to a processor that asks whether a load must wait for a store.
const PAGE: usize = 4096;

/// From how many bytes on a buffer is aligned to a page: then little is lost by it. Allocators put buffers of a round size a few dozen bytes
/// past each other's page offsets, where a load from one waits for the store to another that is not yet done, at each step of a loop.
/// Buffers of one offset are read before they are written.
const PAGED: usize = if cfg!(feature = "std") { 64 * 1024 } else { usize::MAX };

/// The alignment asked of the allocator. Up to it `alloc_zeroed` takes fresh pages, which are zero already; for a greater one it
/// writes the zeros, and touches every page. So the buffer over-allocates and aligns itself.
const ASKED: usize = 8;

/// Elements on the heap, aligned to 64 bytes.
#[derive(Debug)]
pub struct HeapBuffer<T> {
    first: NonNull<T>,
    len: usize,
    /// Where the allocation begins, and how large it is; 0 when there is none.
    base: NonNull<u8>,
    bytes: usize,
}

// SAFETY: the buffer owns its elements, as a `Vec` does.
unsafe impl<T: Send> Send for HeapBuffer<T> {}
// SAFETY: a shared buffer gives shared access to its elements, as a `Vec` does.
unsafe impl<T: Sync> Sync for HeapBuffer<T> {}

impl<T: Copy> HeapBuffer<T> {
    fn allocate(len: usize, allocate: unsafe fn(Allocation) -> *mut u8) -> Self {
        const { assert!(align_of::<T>() <= ALIGN) };
        let too_much = || -> ! { too_much(len, size_of::<T>()) };
        let Some(bytes) = len.checked_mul(size_of::<T>()) else { too_much() };
        if bytes == 0 {
            let first = NonNull::<Alignment>::dangling().cast();
            return Self { first, len, base: NonNull::dangling(), bytes: 0 };
        }
        let huge = huge_pages::wanted(bytes);
        let (align, unit) = match bytes {
            _ if huge => (huge_pages::SIZE, huge_pages::SIZE),
            PAGED.. => (PAGE, 1),
            _ => (ALIGN, 1),
        };
        let Some(room) = bytes.checked_next_multiple_of(unit) else { too_much() };
        let Some(bytes) = room.checked_add(align - ASKED) else { too_much() };
        let Ok(allocation) = Allocation::from_size_align(bytes, ASKED) else { too_much() };
        // SAFETY: the size is not 0.
        let Some(base) = NonNull::new(unsafe { allocate(allocation) }) else {
            handle_alloc_error(allocation)
        };
        // SAFETY: the allocation begins at a multiple of `ASKED`, so `room` bytes are behind the next multiple of `align`.
        let first = unsafe { base.add(base.as_ptr().align_offset(align)) };
        if huge {
            huge_pages::ask(first.as_ptr(), room);
        }
        Self { first: first.cast(), len, base, bytes }
    }

    /// `len` elements of zero bytes, which the system hands out untouched where it can.
    pub(crate) fn zeroed(len: usize) -> Self
    where
        T: Element,
    {
        // Every `Element` is valid as zero bytes.
        Self::allocate(len, alloc_zeroed)
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        // SAFETY: `first` is aligned and reaches `len` initialised elements, which `self` owns.
        unsafe { core::slice::from_raw_parts(self.first.as_ptr(), self.len) }
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: as in `as_slice`, and `self` is borrowed exclusively.
        unsafe { core::slice::from_raw_parts_mut(self.first.as_ptr(), self.len) }
    }
}

impl<T: Copy> HeapBuffer<MaybeUninit<T>> {
    /// Room for `len` elements.
    pub(crate) fn uninit(len: usize) -> Self {
        Self::allocate(len, alloc)
    }

    /// The buffer, now that every element is written.
    ///
    /// # Safety
    /// Every element has been written.
    pub(crate) unsafe fn assume_init(self) -> HeapBuffer<T> {
        let this = core::mem::ManuallyDrop::new(self);
        HeapBuffer { first: this.first.cast(), len: this.len, base: this.base, bytes: this.bytes }
    }
}

#[cold]
#[inline(never)]
fn too_much(len: usize, size: usize) -> ! {
    panic!("{len} elements of {size} bytes take more memory than there can be");
}

/// A type of the alignment of every buffer, for the pointer of an empty one.
#[repr(align(64))]
struct Alignment;

impl<T> Drop for HeapBuffer<T> {
    fn drop(&mut self) {
        if self.bytes != 0 {
            // SAFETY: `base` was allocated with this size and alignment.
            unsafe {
                dealloc(
                    self.base.as_ptr(),
                    Allocation::from_size_align_unchecked(self.bytes, ASKED),
                )
            }
        }
    }
}

impl<T: Element> Clone for HeapBuffer<T> {
    fn clone(&self) -> Self {
        let mut copy = HeapBuffer::uninit(self.len);
        for (slot, &element) in copy.as_mut_slice().iter_mut().zip(self.as_slice()) {
            slot.write(element);
        }
        // SAFETY: both have `len` elements, so every slot was written.
        unsafe { copy.assume_init() }
    }
}

// SAFETY: a tensor's buffer is made with as many elements as its shape has, contiguous and initialised.
#[diagnostic::do_not_recommend]
unsafe impl Storage for Heap {
    type Layout = Dense;
    type Buffer<T: Element, S: Shape> = HeapBuffer<T>;
    type Kept<S: Copy + Send + Sync> = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape<S: Shape>(kept: S) -> S {
        kept
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer<T: Element, S: Shape>(buffer: &HeapBuffer<T>) -> *const T {
        buffer.first.as_ptr()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn strides<T: Element, S: Shape>(_: &HeapBuffer<T>, shape: S) -> PerAxis<isize> {
        dense_strides(shape)
    }
}
// SAFETY: as for `Storage`; the strides are row-major, so no two indices meet.
#[diagnostic::do_not_recommend]
unsafe impl StorageMut for Heap {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn pointer_mut<T: Element, S: Shape>(buffer: &mut HeapBuffer<T>) -> *mut T {
        buffer.first.as_ptr()
    }
}
