//! How much RAM a program takes: what is static, and how deep the stack has been.
//!
//! `cortex-m-rt` paints the stack before `main`, by its feature `paint-stack`. What has another value
//! since then has been used.

use core::ptr;

use cortex_m_rt::STACK_PAINT_VALUE;

unsafe extern "C" {
    // Of `cortex-m-rt`'s linker script: their addresses are what they say.
    static __sdata: u32;
    static __edata: u32;
    static __sbss: u32;
    static __ebss: u32;
    static _stack_end: u32;
    static _stack_start: u32;
}

/// Bytes of variables that last as long as the program.
pub fn statics() -> usize {
    let data = (&raw const __edata).addr() - (&raw const __sdata).addr();
    let bss = (&raw const __ebss).addr() - (&raw const __sbss).addr();
    data + bss
}

/// How much of the stack is painted for [`stack_of`], in words.
const PAINTED: usize = 4096;

/// Calls `work`, and gives how many bytes of the stack it used, with its result.
#[inline(never)]
pub fn stack_of<R>(work: impl FnOnce() -> R) -> (usize, R) {
    let top = cortex_m::register::msp::read() as usize;
    let word = |k: usize| ptr::with_exposed_provenance_mut::<u32>(top - 4 * k);
    for k in 1..=PAINTED {
        // SAFETY: below the stack pointer there is RAM that nothing uses: no interrupt is on.
        unsafe { word(k).write_volatile(STACK_PAINT_VALUE) };
    }
    let result = work();
    let deepest = (1..=PAINTED).rev().find(|&k| {
        // SAFETY: as above; the words are initialised.
        unsafe { word(k).read_volatile() != STACK_PAINT_VALUE }
    });
    (4 * deepest.unwrap_or(0), result)
}

/// Bytes of the stack that have been used until now, at the most.
pub fn stack() -> usize {
    let (end, start) = ((&raw const _stack_end).expose_provenance(), (&raw const _stack_start).addr());
    let used = (end..start).step_by(4).find(|&word| {
        // SAFETY: from the one to the other is RAM that was painted, so it is initialised; where it is in use
        // by now, a word of it is read as it is.
        unsafe { ptr::with_exposed_provenance::<u32>(word).read_volatile() != STACK_PAINT_VALUE }
    });
    start - used.unwrap_or(start)
}
