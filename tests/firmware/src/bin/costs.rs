//! Runs each row with the library and by loops by hand, and prints the stack that each takes. The
//! instructions are printed by the emulator's counter, at the marks.

#![no_std]
#![no_main]

use core::panic::PanicInfo;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use shapewright_firmware_costs::{kalman, measure::stack_of, mlp, operations, pid, sensor};

/// Each row: its name, and what it runs with the library and by loops.
macro_rules! rows {
    ($($name:literal $path:path),* $(,)?) => {
        [$({ use $path as row; ($name, row::ours as fn(), row::plain as fn()) }),*]
    };
}

#[entry]
fn main() -> ! {
    for (name, ours, plain) in rows![
        "sensor" sensor,
        "mlp" mlp,
        "kalman" kalman,
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
        "sqrt" operations::sqrt,
    ] {
        let (ours, plain) = (stack_of(ours), stack_of(plain));
        hprintln!("row {} stack {} {}", name, ours, plain);
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
