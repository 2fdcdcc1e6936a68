//! What a call costs: its instructions, which the emulator counts between two marks, and its stack,
//! which is painted before and looked at after.

use core::hint::black_box;
use core::ptr;

/// The emulator's counter prints how many instructions there were before each call of this.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn mark() {
    black_box(());
}

/// How much of the stack is painted, in words.
const PAINTED: usize = 50_000;
/// What an untouched word holds.
const PAINT: u32 = 0x5EED_BEEF;

/// Paints the stack below this frame, calls `work` between two marks, and gives how many bytes of the
/// paint it touched.
#[inline(never)]
pub fn stack_of(work: fn()) -> usize {
    let here = stack_pointer();
    let lowest = here.wrapping_sub(4 * PAINTED + 64);
    for k in 0..PAINTED {
        let word = ptr::with_exposed_provenance_mut::<u32>(lowest + 4 * k);
        // SAFETY: the words are memory of the stack below this frame, which nothing uses: no interrupt is on.
        unsafe { word.write_volatile(PAINT) };
    }
    mark();
    work();
    mark();
    let touched = (0..PAINTED).find(|k| {
        let word = ptr::with_exposed_provenance::<u32>(lowest + 4 * k);
        // SAFETY: as above; it is initialised.
        unsafe { word.read_volatile() != PAINT }
    });
    touched.map_or(0, |k| 4 * (PAINTED - k))
}

/// Where the stack ends now, by and large: a word of this frame.
#[inline(always)]
fn stack_pointer() -> usize {
    let here = 0u32;
    black_box(ptr::from_ref(&here)).expose_provenance()
}
