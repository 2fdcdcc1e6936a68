//! Code that the programs of this firmware share: it compares their results, and ends the program
//! with a status.

#![no_std]

pub mod memory;

use core::fmt::Debug;

use cortex_m::asm;
use cortex_m_semihosting::{debug, hprintln};
use panic_semihosting as _;

/// Compares results, and records whether all were correct.
#[derive(Debug)]
pub struct Check {
    /// The name of the program, for the messages.
    program: &'static str,
    compared: u32,
    wrong: u32,
}

impl Check {
    /// A check that has compared nothing yet.
    pub const fn new(program: &'static str) -> Self {
        Self { program, compared: 0, wrong: 0 }
    }

    /// Compares the elements of result `k` with those of `whose`, and their number.
    #[inline(never)]
    pub fn same<T: PartialEq + Debug>(
        &mut self,
        whose: &str,
        k: usize,
        found: impl IntoIterator<Item = T>,
        expected: impl IntoIterator<Item = T>,
    ) {
        let (mut found, mut expected) = (found.into_iter(), expected.into_iter());
        loop {
            let pair = (found.next(), expected.next());
            if let (None, None) = pair {
                return;
            }
            self.compared += 1;
            if pair.0 != pair.1 {
                self.wrong += 1;
                hprintln!(
                    "{}: result {}: {:x?}, and {} has {:x?}",
                    self.program,
                    k,
                    pair.0,
                    whose,
                    pair.1
                );
            }
        }
    }

    /// Checks another condition.
    #[inline(never)]
    pub fn holds(&mut self, what: &str, holds: bool) {
        self.compared += 1;
        if !holds {
            self.wrong += 1;
            hprintln!("{}: not so: {}", self.program, what);
        }
    }

    /// Ends the program: in QEMU with status 0 if everything was correct, otherwise with 1.
    pub fn end(self) -> ! {
        hprintln!("{}: {} comparisons, {} of them wrong", self.program, self.compared, self.wrong);
        // A program that compared nothing is a mistake, too.
        let right = self.wrong == 0 && self.compared > 0;
        debug::exit(if right { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE });
        // With a debugger, `exit` returns.
        loop {
            asm::wfi();
        }
    }
}

/// A mark for `measure`: the emulator's plugin prints the number of instructions before each call.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn mark() {
    core::hint::black_box(());
}
