//! Tracks a trajectory with a Kalman filter, and compares every state with the host's.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Check, mark, memory};
use programs::kalman::{Filter, TRAJECTORY};
use programs::{expected, plain};
use shapewright::prelude::*;

#[entry]
fn main() -> ! {
    let mut check = Check::new("kalman");
    let [(_, first), rest @ ..] = &TRAJECTORY;
    let mut filter = Filter::new(&Array::new(*first));
    let mut by_loops = plain::kalman::Filter::new(*first);
    for (k, (_, measured)) in rest.iter().enumerate() {
        let measurement = Array::new(*measured);
        mark();
        let step = filter.step(&measurement);
        mark();
        let step_by_loops = by_loops.step(*measured);
        mark();
        check.holds("the covariance has an inverse", step.is_ok() && step_by_loops.is_some());
        check.same("the host", k, filter.bits(), expected::KALMAN[k]);
        check.same("plain Rust", k, filter.bits(), by_loops.bits());
    }
    hprintln!(
        "{} bytes of RAM are static, the stack was {} deep",
        memory::statics(),
        memory::stack()
    );
    check.end()
}
