//! The RAM that a program takes: its static variables, and the maximum depth of its stack.
//!
//! `cortex-m-rt` paints the stack before `main`, with its feature `paint-stack`. A word that has
//! another value has been used since.

use core::ptr;

use cortex_m_rt::STACK_PAINT_VALUE;

unsafe extern "C" {
    // Symbols of `cortex-m-rt`'s linker script: their addresses are their values.
    static __sdata: u32;
    static __edata: u32;
    static __sbss: u32;
    static __ebss: u32;
    static _stack_end: u32;
    static _stack_start: u32;
}

/// The number of bytes of static variables.
pub fn statics() -> usize {
    let data = (&raw const __edata).addr() - (&raw const __sdata).addr();
    let bss = (&raw const __ebss).addr() - (&raw const __sbss).addr();
    data + bss
}

/// The number of words of the stack that [`stack_of`] paints.
const PAINTED: usize = 4096;

/// Calls `work`, and returns the number of bytes of stack that it used, and its result.
#[inline(never)]
pub fn stack_of<R>(work: impl FnOnce() -> R) -> (usize, R) {
    let top = cortex_m::register::msp::read() as usize;
    let word = |k: usize| ptr::with_exposed_provenance_mut::<u32>(top - 4 * k);
    for k in 1..=PAINTED {
        // SAFETY: below the stack pointer there is unused RAM, as no interrupt is enabled.
        unsafe { word(k).write_volatile(STACK_PAINT_VALUE) };
    }
    let result = work();
    let deepest = (1..=PAINTED).rev().find(|&k| {
        // SAFETY: the words are RAM below the stack pointer, and the loop above has initialised
        // them.
        unsafe { word(k).read_volatile() != STACK_PAINT_VALUE }
    });
    (4 * deepest.unwrap_or(0), result)
}

/// The maximum number of bytes of stack that have been used so far.
pub fn stack() -> usize {
    let (end, start) =
        ((&raw const _stack_end).expose_provenance(), (&raw const _stack_start).addr());
    let used = (end..start).step_by(4).find(|&word| {
        // SAFETY: everything between the two addresses is RAM that was painted, so it is
        // initialised. A word that is in use now is read with its current value.
        unsafe { ptr::with_exposed_provenance::<u32>(word).read_volatile() != STACK_PAINT_VALUE }
    });
    start - used.unwrap_or(start)
}
