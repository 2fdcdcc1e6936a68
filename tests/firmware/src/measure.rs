//! The cost of a call: its instructions, which the emulator counts between two marks, and its
//! stack, which is painted before and inspected afterwards.

use core::hint::black_box;
use core::ptr;

/// A mark: the emulator's plugin prints the number of instructions executed before each call.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn mark() {
    black_box(());
}

/// The number of words of the stack that are painted.
const PAINTED: usize = 50_000;
/// The value of an untouched word.
const PAINT: u32 = 0x5EED_BEEF;

/// Paints the stack below this frame, calls `work` between two marks, and returns the number of
/// painted bytes that it overwrote.
#[inline(never)]
pub fn stack_of(work: fn()) -> usize {
    let here = stack_pointer();
    let lowest = here.wrapping_sub(4 * PAINTED + 64);
    for k in 0..PAINTED {
        let word = ptr::with_exposed_provenance_mut::<u32>(lowest + 4 * k);
        // SAFETY: the words are unused stack memory below this frame, as no interrupt is enabled.
        unsafe { word.write_volatile(PAINT) };
    }
    mark();
    work();
    mark();
    let touched = (0..PAINTED).find(|k| {
        let word = ptr::with_exposed_provenance::<u32>(lowest + 4 * k);
        // SAFETY: the word is stack memory below this frame, and the loop above has initialised it.
        unsafe { word.read_volatile() != PAINT }
    });
    touched.map_or(0, |k| 4 * (PAINTED - k))
}

/// The approximate end of the stack: the address of a word in this frame.
#[inline(always)]
fn stack_pointer() -> usize {
    let here = 0u32;
    black_box(ptr::from_ref(&here)).expose_provenance()
}
