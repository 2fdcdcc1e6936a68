//! Streaming stores, for a destination that is larger than the caches. A plain store reads a cache
//! line before it changes it; streaming stores write whole lines past the caches and save that.
//!
//! 1. Elements are staged in a block of 64 that stays in the first-level cache. Staging begins at
//!    the offset that the destination has in its cache line.
//! 2. A full block is written to the destination as whole cache lines, by streaming stores. The
//!    first and the last block may be incomplete, and are copied by plain stores.
//! 3. A store fence comes last.
//!
//! A destination that fits in the last-level cache is written faster by plain stores, so the size
//! decides. As memory is the limit whatever the vectors are, the loop is compiled for AVX2 alone,
//! and expensive functions do not stream.

#[cfg(target_arch = "x86")]
use core::arch::x86::{__m128i, _mm_load_si128, _mm_sfence, _mm_stream_si128};
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::{__m128i, _mm_load_si128, _mm_sfence, _mm_stream_si128};
use core::mem::{MaybeUninit, size_of};

/// The size in bytes from which a destination is streamed to. Last-level caches, or the share of
/// them that one core has, are usually smaller.
const FEWEST_BYTES: usize = 32 * 1024 * 1024;

/// A cache line, in bytes.
const LINE: usize = 64;

/// The number of elements that are staged at once. With fewer, LLVM unrolls the loop over a block,
/// which has a constant length, into scalar code. With more, the stores come in bursts that wait
/// for each other.
const BLOCK: usize = 64;

/// Whether an array of `len` elements of type `T` is streamed to.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn is_streamed<T>(len: usize) -> bool {
    len.saturating_mul(size_of::<T>()) >= FEWEST_BYTES
}

#[repr(C, align(64))]
struct Stage<T>([MaybeUninit<T>; BLOCK]);

/// Writes elements to consecutive places in memory.
pub(crate) struct Stream<T> {
    to: *mut T,
    stage: Stage<T>,
    /// The staged elements are those from `first` to `next`. The first block begins at the offset
    /// that `to` has in its cache line, so that all later blocks are aligned.
    next: usize,
    first: usize,
}

impl<T: Copy> Stream<T> {
    /// # Safety
    /// `to` has room for all elements that will be written, exclusively.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(to: *mut T) -> Self {
        const { assert!((BLOCK * size_of::<T>()).is_multiple_of(LINE) && align_of::<T>() <= LINE) };
        let first = to.addr() % LINE / size_of::<T>();
        Self { to, stage: Stage([const { MaybeUninit::uninit() }; BLOCK]), next: first, first }
    }

    /// Writes `len` elements. Each call of `write` receives the number of elements written before
    /// it and the slots for the next ones.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn write(
        &mut self,
        len: usize,
        mut write: impl FnMut(usize, &mut [MaybeUninit<T>]),
    ) {
        let mut written = 0;
        while written < len {
            if self.next == 0 && self.to.addr().is_multiple_of(LINE) {
                while len - written >= BLOCK {
                    write(written, &mut self.stage.0);
                    // SAFETY: the stage is full, and the destination is at the start of a line and
                    // has room for it.
                    unsafe { self.flush_line_by_line() };
                    written += BLOCK;
                }
            }
            let count = (BLOCK - self.next).min(len - written);
            write(written, &mut self.stage.0[self.next..][..count]);
            written += count;
            self.next += count;
            if self.next == BLOCK {
                self.flush();
            }
        }
    }

    /// Writes the elements that are still staged.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn finish(mut self) {
        self.flush();
    }

    #[cfg_attr(not(unoptimised), inline(always))]
    fn flush(&mut self) {
        if self.first == 0 && self.next == BLOCK && self.to.addr().is_multiple_of(LINE) {
            // SAFETY: the stage is full, and the destination is at the start of a line and has room
            // for it.
            unsafe { self.flush_line_by_line() };
        } else {
            let (from, count) = (&raw const self.stage.0, self.next - self.first);
            // SAFETY: these elements are staged, and the destination has room for them.
            unsafe { self.to.copy_from_nonoverlapping(from.cast::<T>().add(self.first), count) };
            // After the last block this is the end of the destination.
            self.to = self.to.wrapping_add(count);
        }
        (self.first, self.next) = (0, 0);
    }

    /// # Safety
    /// The stage is full, and `to` is aligned to a cache line and has room for as many elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn flush_line_by_line(&mut self) {
        let from = &raw const self.stage.0;
        for k in (0..const { BLOCK * size_of::<T>() }).step_by(size_of::<__m128i>()) {
            // SAFETY: the 16 bytes from `k` on are within the block, whose bytes are all
            // initialised. Both sides are aligned to a cache line. The target has SSE2, which the
            // instructions need.
            unsafe {
                _mm_stream_si128(
                    self.to.byte_add(k).cast(),
                    _mm_load_si128(from.byte_add(k).cast()),
                )
            };
        }
        self.to = self.to.wrapping_add(BLOCK);
    }
}

impl<T> Drop for Stream<T> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn drop(&mut self) {
        // Streaming stores are not ordered with later stores, and one of those may tell another
        // thread that the elements are there.
        // SAFETY: the target has SSE2.
        unsafe { _mm_sfence() };
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Stream};
    use core::mem::MaybeUninit;

    /// Streams 0, 1, 2, .. in lanes of `lane` elements to every offset in a cache line, and checks
    /// the memory around them too.
    fn counts<T: Copy + Default + PartialEq + core::fmt::Debug>(
        lane: usize,
        of: impl Fn(usize) -> T,
    ) {
        let mut memory = [T::default(); 16 * BLOCK];
        for (offset, len) in (0..65).zip((0..14 * BLOCK).step_by(13)) {
            memory.fill(of(99));
            // SAFETY: `offset + len` elements are in the memory.
            let mut stream = unsafe { Stream::new(memory.as_mut_ptr().add(offset)) };
            let mut written = 0;
            while written < len {
                let count = lane.min(len - written);
                stream.write(count, |start, slots: &mut [MaybeUninit<T>]| {
                    for (j, slot) in slots.iter_mut().enumerate() {
                        slot.write(of(written + start + j));
                    }
                });
                written += count;
            }
            stream.finish();
            for (k, &found) in memory.iter().enumerate() {
                let expected =
                    if (offset..offset + len).contains(&k) { of(k - offset) } else { of(99) };
                assert_eq!(
                    found, expected,
                    "element {k} of {len} from {offset} on, in lanes of {lane}"
                );
            }
        }
    }

    #[test]
    fn every_element_arrives_at_its_place() {
        for lane in [1, 3, 63, 64, 65, 200, 1000] {
            counts::<f32>(lane, |k| k as f32);
            counts::<f64>(lane, |k| k as f64);
            counts::<u8>(lane, |k| k as u8);
            counts::<u16>(lane, |k| k as u16);
        }
    }
}
