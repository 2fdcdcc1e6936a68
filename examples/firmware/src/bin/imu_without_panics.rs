//! Links only if no panic is reachable in `programs::imu`: the panic handler calls an undefined
//! function. With the feature `control` there is an index that is known only at run time, whose
//! panic is reachable, so the program must not link.

#![no_std]
#![no_main]

use core::{hint::black_box, panic::PanicInfo};

use cortex_m_rt::entry;
use programs::imu::{Features, Ring, Sample, WrongNumber};

#[panic_handler]
fn panicked(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn a_panic_is_reachable() -> !;
    }
    // SAFETY: the function is not defined anywhere, so a program that links does not call it.
    unsafe { a_panic_is_reachable() }
}

/// The computations of the program `imu`, on slices that the compiler knows nothing about.
#[inline(never)]
fn recognise(
    features: &mut Features,
    older: &[Sample],
    newer: &[Sample],
) -> Result<[f32; 3], WrongNumber> {
    features.update(older, newer)?;
    let probabilities = features.classify();
    if cfg!(feature = "control") {
        return Ok([probabilities[black_box(0)]; 3]);
    }
    Ok(probabilities.into())
}

#[entry]
fn main() -> ! {
    let mut ring = Ring::starting_at(black_box(17));
    let mut features = Features::default();
    loop {
        ring.push(black_box(Sample { acceleration: [0; 3], turn: [0; 3] }));
        let (older, newer) = black_box(&ring).halves();
        let _ = black_box(recognise(black_box(&mut features), black_box(older), black_box(newer)));
    }
}
