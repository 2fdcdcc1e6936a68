//! A single program, to measure its flash: a feature selects it, `plain` selects its version with
//! hand-written loops, and `c` its counterpart in C. Without a feature it does nothing.

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
