//! Scratch: memory for the operands that must be computed and stored before an evaluation's loop
//! runs. These are reductions, and sub-expressions of a smaller shape.
//!
//! The number of bytes that an expression needs is a constant of its type (`SOURCE_SCRATCH`,
//! `WRITE_SCRATCH`). Up to [`STACK_LIMIT`] bytes are in a buffer on the stack, whose size is a
//! power of 2 from 64 bytes to the limit. Scratch of more bytes, or of a number that is known only
//! at run time, is on the heap. Without the feature `alloc`, an expression that needs the heap does
//! not compile.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::cell::Cell;
#[cfg(feature = "alloc")]
use core::cell::RefCell;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, align_of, size_of};

use super::level::Count;
use super::lined::Lined;

/// The most bytes of scratch that an evaluation takes from the stack.
pub const STACK_LIMIT: usize = 16 * 1024;

/// The alignment of each piece of scratch, in bytes: that of a cache line on x86 and 64-bit Arm,
/// else that of `u64`.
const ALIGN: usize = align_of::<Lined<u64>>();

/// A number of bytes of scratch. `None` if it depends on a length that is known only at run time.
pub type ScratchBytes = Option<usize>;

/// The number of bytes of scratch that `count` elements of type `T` take.
pub(crate) const fn bytes_of<T>(count: Count) -> ScratchBytes {
    match count {
        // The result includes the largest gap that aligning the elements can take. It saturates if
        // it is more than all memory; the error is then reported where the memory is allocated.
        Some(len) => {
            Some(len.saturating_mul(size_of::<T>()).saturating_add(2 * ALIGN - 1) / ALIGN * ALIGN)
        }
        None => None,
    }
}

/// The sum of `a` and `b`. `None` if either is `None`.
pub(crate) const fn plus(a: ScratchBytes, b: ScratchBytes) -> ScratchBytes {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        _ => None,
    }
}

/// The scratch of one evaluation. Pieces of it are handed out, and all are freed together at the
/// end.
#[derive(Debug)]
pub struct Scratch<'m> {
    next: Cell<*mut u8>,
    left: Cell<usize>,
    /// The pieces that are allocated on the heap. `None` if the heap will not be needed, so that
    /// there is no list to drop.
    #[cfg(feature = "alloc")]
    blocks: Option<&'m RefCell<HeapPieces>>,
    memory: PhantomData<&'m mut [MaybeUninit<u8>]>,
}

impl<'m> Scratch<'m> {
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn new(memory: &'m mut [MaybeUninit<u8>]) -> Self {
        Self {
            next: Cell::new(memory.as_mut_ptr().cast()),
            left: Cell::new(memory.len()),
            #[cfg(feature = "alloc")]
            blocks: None,
            memory: PhantomData,
        }
    }

    /// Scratch whose pieces are taken from `memory` while they fit, and then from the heap.
    #[cfg(feature = "alloc")]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_blocks(memory: &'m mut [MaybeUninit<u8>], blocks: &'m RefCell<HeapPieces>) -> Self {
        Self { blocks: Some(blocks), ..Self::new(memory) }
    }

    /// Uninitialised memory for `len` elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[expect(
        clippy::mut_from_ref,
        reason = "each call hands out memory that no other call does, as arenas do"
    )]
    pub(crate) fn take<T: Copy>(&self, len: usize) -> &mut [MaybeUninit<T>] {
        const { assert!(align_of::<T>() <= ALIGN) };
        let bytes = len.checked_mul(size_of::<T>()).expect("capacity overflow");
        if bytes == 0 {
            return &mut [];
        }
        let gap = self.next.get().align_offset(ALIGN);
        if gap.checked_add(bytes).is_none_or(|needed| needed > self.left.get()) {
            return self.take_block(len, bytes);
        }
        // SAFETY: `gap + bytes` is at most `left`, the number of bytes from `next` on.
        let piece = unsafe { self.next.get().add(gap) };
        // SAFETY: `gap + bytes` is at most `left`, so `bytes` bytes follow `piece`.
        self.next.set(unsafe { piece.add(bytes) });
        self.left.set(self.left.get() - gap - bytes);
        // SAFETY: `piece` is aligned and has `bytes` bytes. `next` has moved past it, so no other
        // call returns it. The memory is borrowed for `'m`, which outlives `self`.
        unsafe { core::slice::from_raw_parts_mut(piece.cast(), len) }
    }

    #[cfg(feature = "alloc")]
    #[cold]
    #[expect(clippy::mut_from_ref, reason = "as for `take`")]
    fn take_block<T: Copy>(&self, len: usize, bytes: usize) -> &mut [MaybeUninit<T>] {
        let mut block: Vec<MaybeUninit<u8>> =
            Vec::with_capacity(bytes.checked_add(ALIGN).expect("capacity overflow"));
        let base = block.as_mut_ptr();
        // The block stays on the heap and does not move until the evaluation ends.
        let blocks = self.blocks.expect("scratch of no bytes gives none");
        blocks.borrow_mut().push(block);
        // SAFETY: the block has `bytes + ALIGN` bytes, so `bytes` bytes fit from the next multiple
        // of `ALIGN` on. No other call returns them.
        unsafe { core::slice::from_raw_parts_mut(base.add(base.align_offset(ALIGN)).cast(), len) }
    }

    #[cfg(not(feature = "alloc"))]
    #[cold]
    fn take_block<T: Copy>(&self, _: usize, _: usize) -> &mut [MaybeUninit<T>] {
        panic!("the scratch for this evaluation is too small")
    }
}

/// Calls `body` with the scratch that `N` needs. This is the outermost call of every evaluation.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn with<N: ScratchNeeds, R>(body: impl FnOnce(&Scratch<'_>) -> R) -> R {
    #[cfg(not(feature = "alloc"))]
    const {
        assert!(
            matches!(N::BYTES, Some(0..=STACK_LIMIT)),
            "this expression needs more than 16 KiB of scratch, or scratch of a length that is known at run time (a reduction or a \
             smaller sub-expression inside it), and without the feature `alloc` there is no heap: evaluate the inner part into \
             memory of its own first"
        )
    };
    // The conditions of the `if`s below are `const` blocks, so rustc compiles only one branch. The
    // buffers of the other sizes take no stack, even without optimisation.
    macro_rules! by_size {
        ($($least:literal to $most:literal;)*) => {
            $(if const { matches!(N::BYTES, Some($least..=$most)) } {
                on_stack::<$most, R>(body)
            } else)* if const { matches!(N::BYTES, Some(8193..=STACK_LIMIT)) } {
                on_stack::<STACK_LIMIT, R>(body)
            } else if const { matches!(N::BYTES, Some(0)) } {
                body(&Scratch::new(&mut []))
            } else {
                on_heap(body)
            }
        };
    }
    by_size! {
        1 to 64; 65 to 128; 129 to 256; 257 to 512; 513 to 1024; 1025 to 2048; 2049 to 4096;
        4097 to 8192;
    }
}

/// The pieces of scratch on the heap.
#[cfg(feature = "alloc")]
type HeapPieces = Vec<Vec<MaybeUninit<u8>>>;

/// The number of bytes of scratch that an evaluation needs.
pub(crate) trait ScratchNeeds {
    /// The number of bytes.
    const BYTES: ScratchBytes;
}

/// A buffer of `N` bytes, with the alignment of pieces of scratch.
#[repr(C)]
struct Room<const N: usize> {
    aligned: [Lined<u64>; 0],
    bytes: [MaybeUninit<u8>; N],
}

#[cfg_attr(not(unoptimised), inline(always))]
fn on_stack<const N: usize, R>(body: impl FnOnce(&Scratch<'_>) -> R) -> R {
    const { assert!(align_of::<Room<N>>() == ALIGN) };
    body(&Scratch::new(&mut Room { aligned: [], bytes: [MaybeUninit::uninit(); N] }.bytes))
}

#[cfg_attr(not(unoptimised), inline(always))]
fn on_heap<R>(body: impl FnOnce(&Scratch<'_>) -> R) -> R {
    #[cfg(feature = "alloc")]
    {
        let blocks = RefCell::new(Vec::new());
        body(&Scratch::with_blocks(&mut [], &blocks))
    }
    #[cfg(not(feature = "alloc"))]
    body(&Scratch::new(&mut []))
}
