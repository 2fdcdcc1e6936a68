//! Collects windows of readings, and logs the standard deviation of each axis.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use defmt::info;
use defmt_rtt as _; // the transport of the logs
use numeric::{Reading, WINDOW, deviations};
use panic_probe as _; // the panic handler

#[entry]
fn main() -> ! {
    let mut readings = [[0; 3]; WINDOW];
    for time in 0.. {
        let place = time as usize % WINDOW;
        readings[place] = reading(time);
        if place + 1 == WINDOW {
            info!("deviations: {}", deviations(&readings));
        }
    }
    unreachable!("there is always another reading")
}

/// Stands in for the sensor: put your driver here.
fn reading(time: u32) -> Reading {
    let wave = (time % 20) as i16 - 10;
    [100 * wave, 4096, 10 * wave]
}
