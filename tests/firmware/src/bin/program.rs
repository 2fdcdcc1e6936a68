//! One program alone, for what it takes of flash: a feature says which, and `plain` whether it is the
//! one of loops by hand, or `c` whether it is their twin in C. Without a feature nothing is done.

#![no_std]
#![no_main]

use core::panic::PanicInfo;

use cortex_m_rt::entry;

#[cfg(feature = "kalman")]
use shapewright_firmware_costs::kalman as program;
#[cfg(feature = "mlp")]
use shapewright_firmware_costs::mlp as program;
#[cfg(feature = "pid")]
use shapewright_firmware_costs::pid as program;
#[cfg(feature = "sensor")]
use shapewright_firmware_costs::sensor as program;

#[entry]
fn main() -> ! {
    #[allow(clippy::empty_loop, reason = "without a feature nothing is done")]
    loop {
        #[cfg(any(feature = "kalman", feature = "mlp", feature = "pid", feature = "sensor"))]
        if cfg!(feature = "plain") {
            program::plain()
        } else {
            #[cfg(feature = "c")]
            program::in_c();
            #[cfg(not(feature = "c"))]
            program::ours();
        }
    }
}

#[panic_handler]
fn panicked(_: &PanicInfo<'_>) -> ! {
    loop {}
}
