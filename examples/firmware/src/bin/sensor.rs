//! Recognises motions from the readings of an accelerometer, in less than 2 KiB of RAM.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Check, mark, memory};
use programs::sensor::{NETWORK, Ring, features, stream};
use programs::{bits, expected, near, plain};
use shapewright::prelude::*;

/// The RAM limit of the pipeline: the ring of samples and the stack.
const RAM: usize = 2048;
/// The maximum difference between loops that sum in order and the library, which is more accurate.
const BOUND: f32 = 1e-4;

#[entry]
fn main() -> ! {
    static mut RING: Ring = Ring::new();
    let mut check = Check::new("sensor");
    let (right, whole) = pipeline(RING, &mut check);
    // This comes before anything is printed, as printing takes more stack than everything else.
    let (statics, stack) = (memory::statics(), memory::stack());
    check.holds("static variables and the stack are within 2 KiB", statics + stack <= RAM);
    by_loops(RING, &mut check);
    hprintln!("{} of {} windows of one motion are told rightly", right, whole);
    hprintln!("{} bytes of RAM are static, the stack was {} deep", statics, stack);
    check.end()
}

/// Compares the logits of each window with the host's. For the windows with a single motion,
/// returns how many are recognised correctly, and their number.
#[inline(never)]
fn pipeline(ring: &mut Ring, check: &mut Check) -> (u32, u32) {
    let (mut windows, mut right, mut whole) = (0, 0, 0);
    for (reading, motion) in stream() {
        let Some(readings) = ring.push(reading) else { continue };
        mark();
        let logits = NETWORK.logits(&features(readings));
        mark();
        check.same("the host", windows, bits(&logits), expected::SENSOR[windows]);
        windows += 1;
        if let Some(motion) = motion {
            whole += 1;
            right += u32::from(logits.argmax() == [motion]);
        }
    }
    check.holds("there are as many windows as on the host", windows == expected::SENSOR.len());
    (right, whole)
}

/// Compares the logits of the loops with the host's. Their stack is not measured.
#[inline(never)]
fn by_loops(ring: &mut Ring, check: &mut Check) {
    ring.clear();
    let mut expected = expected::SENSOR.iter();
    for (reading, _) in stream() {
        let readings = ring.push(reading).and_then(TensorView::to_slice);
        let Some(Ok(readings)) = readings.map(TryInto::try_into) else { continue };
        mark();
        let logits = plain::sensor::logits(&plain::sensor::features(readings));
        mark();
        let host = expected.next().into_iter().flatten().copied().map(f32::from_bits);
        check.holds("plain Rust is as near as it should be", near(logits, host, BOUND));
    }
    check.holds("loops have seen each window", expected.next().is_none());
}
