//! Computes the digest of the bits of results, which must be the same on every target. The exit
//! status says whether it is the same.

#![no_std]
#![no_main]

use core::panic::PanicInfo;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use shapewright_digest::{EXPECTED, digest};

#[entry]
fn main() -> ! {
    let found = digest();
    hprintln!("digest {:#018x}", found);
    debug::exit(if found == EXPECTED { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE });
    unreachable!("the emulator ends")
}

#[panic_handler]
fn panicked(info: &PanicInfo<'_>) -> ! {
    hprintln!("{}", info);
    debug::exit(debug::EXIT_FAILURE);
    loop {}
}
