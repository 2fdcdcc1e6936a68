//! Runs each row of the table of costs with the library and with hand-written loops, and prints the
//! stack that each of the two uses. At the marks, the emulator's plugin prints the number of
//! instructions so far. With the feature `c`, counterparts in C take the place of the loops, and
//! their results are checked.

#![no_std]
#![no_main]

use core::panic::PanicInfo;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
#[cfg(not(feature = "cmsis"))]
use shapewright_firmware_costs::pid;
use shapewright_firmware_costs::{kalman, measure::stack_of, mlp, operations, sensor};

/// The counterpart of a row, and a check that panics if its result is wrong.
#[cfg(not(feature = "c"))]
macro_rules! beside {
    ($row:ident) => {
        ($row::plain as fn(), (|| ()) as fn())
    };
}
#[cfg(feature = "c")]
macro_rules! beside {
    ($row:ident) => {
        ($row::in_c as fn(), $row::check as fn())
    };
}

/// Each row: its name, the function with the library, and its counterpart.
macro_rules! rows {
    ($($(#[$when:meta])* $name:literal $path:path),* $(,)?) => {
        [$($(#[$when])* { use $path as row; ($name, row::ours as fn(), beside!(row)) }),*]
    };
}

#[entry]
fn main() -> ! {
    for (name, ours, (beside, check)) in rows![
        "sensor" sensor,
        "mlp" mlp,
        "kalman" kalman,
        // CMSIS-DSP has a different controller, without limits.
        #[cfg(not(feature = "cmsis"))]
        "pid" pid,
        "mean_axis" operations::mean_axis,
        "var_axis" operations::var_axis,
        "max_axis" operations::max_axis,
        "argmax" operations::argmax,
        "max" operations::max,
        "sum" operations::sum,
        "by_matrix" operations::by_matrix,
        "by_transpose" operations::by_transpose,
        "by_vector" operations::by_vector,
        "small_by_vector" operations::small_by_vector,
        "softmax" operations::softmax,
        // The square root of a negative number is 0 in CMSIS-DSP.
        #[cfg(not(feature = "cmsis"))]
        "sqrt" operations::sqrt,
    ] {
        check();
        let (ours, beside) = (stack_of(ours), stack_of(beside));
        hprintln!("row {} stack {} {}", name, ours, beside);
    }
    debug::exit(debug::EXIT_SUCCESS);
    unreachable!("the emulator ends")
}

#[panic_handler]
fn panicked(info: &PanicInfo) -> ! {
    hprintln!("{}", info);
    debug::exit(debug::EXIT_FAILURE);
    loop {}
}
