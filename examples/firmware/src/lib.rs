//! What the programs of this firmware share: they compare what they compute, and end with a status.

#![no_std]

pub mod memory;

use core::fmt::Debug;

use cortex_m::asm;
use cortex_m_semihosting::{debug, hprintln};
use panic_semihosting as _;

/// Compares results, and knows at the end whether all were what they should be.
#[derive(Debug)]
pub struct Check {
    /// What is compared, for the messages.
    program: &'static str,
    compared: u32,
    wrong: u32,
}

impl Check {
    /// Nothing is compared yet.
    pub const fn new(program: &'static str) -> Self {
        Self { program, compared: 0, wrong: 0 }
    }

    /// Compares the elements of result `k` with those that `whose` has, as many as there are.
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
                hprintln!("{}: result {}: {:x?}, and {} has {:x?}", self.program, k, pair.0, whose, pair.1);
            }
        }
    }

    /// What must hold besides.
    #[inline(never)]
    pub fn holds(&mut self, what: &str, holds: bool) {
        self.compared += 1;
        if !holds {
            self.wrong += 1;
            hprintln!("{}: not so: {}", self.program, what);
        }
    }

    /// Ends the program: in QEMU with status 0 if all was as it should be, else with 1.
    pub fn end(self) -> ! {
        hprintln!("{}: {} comparisons, {} of them wrong", self.program, self.compared, self.wrong);
        // That nothing was compared is a mistake, too.
        let right = self.wrong == 0 && self.compared > 0;
        debug::exit(if right { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE });
        // A debugger returns here.
        loop {
            asm::wfi();
        }
    }
}

/// The emulator's counter of instructions prints how many there were before each call of this (`measure`).
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn mark() {
    core::hint::black_box(());
}
