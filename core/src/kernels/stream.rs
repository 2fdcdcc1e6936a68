//! Streaming stores, for a destination that is larger than the caches. A plain store first reads
//! the cache line that it changes. Streaming stores write whole cache lines to memory, past the
//! caches, without reading them first.
//!
//! 1. Elements are first written to the *stage*, an array of 64 elements that stays in the
//!    first-level cache. The first element of the destination is staged at its own offset in a
//!    cache line, so that a cache line of the stage becomes a cache line of the destination.
//! 2. When the stage is full, it is written to the destination as whole cache lines, by streaming
//!    stores. The stage may be incomplete when it is written for the first or the last time. It is
//!    then copied by plain stores.
//! 3. A store fence comes last.
//!
//! Plain stores are faster for a destination that fits in the last-level cache, so only
//! destinations of 32 MiB or more are streamed to. The speed of memory is the limit with any SIMD
//! vectors, so the loop is compiled for AVX2 alone. An expensive function is slower than memory, so
//! its results are not streamed.

#[cfg(target_arch = "x86")]
use core::arch::x86::{__m128i, _mm_load_si128, _mm_sfence, _mm_stream_si128};
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::{__m128i, _mm_load_si128, _mm_sfence, _mm_stream_si128};
use core::mem::{MaybeUninit, size_of};

/// The least size in bytes of a destination that is streamed to. A core's share of the last-level
/// cache is usually smaller.
const FEWEST_BYTES: usize = 32 * 1024 * 1024;

/// A cache line, in bytes.
const LINE: usize = 64;

/// The number of elements of the stage. If it were smaller, LLVM would unroll the loop that fills
/// the stage, because the length of that loop is constant, and the unrolled code would be scalar.
/// If it were larger, the streaming stores would come in bursts, in which stores wait for each
/// other.
const BLOCK: usize = 64;

/// Whether a destination of `len` elements of type `T` is large enough to be streamed to.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn is_streamed<T>(len: usize) -> bool {
    len.saturating_mul(size_of::<T>()) >= FEWEST_BYTES
}

#[repr(C, align(64))]
struct Stage<T>([MaybeUninit<T>; BLOCK]);

/// Writes elements to consecutive places in memory, from `to` on, by way of a stage.
pub(crate) struct Stream<T> {
    to: *mut T,
    stage: Stage<T>,
    /// The staged elements are those from index `first` to index `next - 1` of `stage`. Initially
    /// `first` is the offset of `to` in its cache line, in elements. So when the stage is written
    /// for the first time, `to` moves to the start of a cache line. From then on `first` is 0.
    next: usize,
    first: usize,
}

impl<T: Copy> Stream<T> {
    /// A stream that writes from `to` on.
    ///
    /// # Safety
    /// `to` points to room for all elements that will be written, which nothing else accesses.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(to: *mut T) -> Self {
        const { assert!((BLOCK * size_of::<T>()).is_multiple_of(LINE) && align_of::<T>() <= LINE) };
        let first = to.addr() % LINE / size_of::<T>();
        Self { to, stage: Stage([const { MaybeUninit::uninit() }; BLOCK]), next: first, first }
    }

    /// Writes `len` elements by calling `write`, usually several times. `write` receives the number
    /// of elements that earlier calls have written, and a slice that it must fill with the next
    /// elements.
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
                    // SAFETY: `write` has filled the stage, and `to` is at the start of a cache
                    // line. By the contract of `Stream::new` there is room for all elements.
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
            // SAFETY: the stage is full, because it has elements from index 0 to `BLOCK - 1`. `to`
            // is at the start of a cache line. By the contract of `Stream::new` there is room for
            // all elements.
            unsafe { self.flush_line_by_line() };
        } else {
            let (from, count) = (&raw const self.stage.0, self.next - self.first);
            // SAFETY: the elements from `first` to `next - 1` are staged. By the contract of
            // `Stream::new` there is room for all elements.
            unsafe { self.to.copy_from_nonoverlapping(from.cast::<T>().add(self.first), count) };
            // `wrapping_add`, since after the last elements `to` is the end of the destination.
            self.to = self.to.wrapping_add(count);
        }
        (self.first, self.next) = (0, 0);
    }

    /// Writes the whole stage by streaming stores, and moves `to` past the elements.
    ///
    /// # Safety
    /// The stage is full. `to` is aligned to a cache line, and points to room for `BLOCK` elements.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn flush_line_by_line(&mut self) {
        let from = &raw const self.stage.0;
        for k in (0..const { BLOCK * size_of::<T>() }).step_by(size_of::<__m128i>()) {
            // SAFETY: the 16 bytes from byte `k` on are in the stage, whose elements are all
            // initialised, and in the room at `to`. The stage and `to` are aligned to a cache line,
            // so both addresses are multiples of 16. The module requires SSE2.
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
        // Without the fence, a store that follows could become visible to another thread before the
        // streaming stores do, and tell that thread that the elements have been written.
        // SAFETY: the module is compiled only for targets with SSE2, which has this instruction.
        unsafe { _mm_sfence() };
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Stream};
    use core::mem::MaybeUninit;

    /// Streams the numbers 0, 1, 2, .. into an array, by calls of `lane` elements each, once for
    /// each offset from 0 to 64 elements. Checks that the numbers follow each other from that
    /// offset on, and that the elements around them have not changed.
    fn counts<T: Copy + Default + PartialEq + core::fmt::Debug>(
        lane: usize,
        of: impl Fn(usize) -> T,
    ) {
        let mut memory = [T::default(); 16 * BLOCK];
        for (offset, len) in (0..65).zip((0..14 * BLOCK).step_by(13)) {
            memory.fill(of(99));
            // SAFETY: `offset + len` is at most the length of `memory`.
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
