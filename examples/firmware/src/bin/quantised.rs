//! Reads handwritten digits with a network of 8-bit integers, and compares every score with the
//! host's.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Check, mark, memory};
use programs::digits::LABELS;
use programs::quantised::{NETWORK, image};
use programs::{expected, plain};
use shapewright::prelude::*;

#[entry]
fn main() -> ! {
    let mut check = Check::new("quantised");
    let mut right = 0;
    for (k, &label) in LABELS.iter().enumerate() {
        let image = image(k);
        mark();
        let scores = NETWORK.scores(&image);
        mark();
        let [found] = scores.argmax();
        right += u32::from(found == usize::from(label));
        check.same("the host", k, &scores, &expected::QUANTISED[k]);
        let pixels = image.into();
        mark();
        let by_loops = plain::quantised::scores(&pixels);
        mark();
        check.same("plain Rust", k, &scores, &by_loops);
    }
    hprintln!("{} of {} images are read rightly", right, LABELS.len());
    hprintln!(
        "{} bytes of RAM are static, the stack was {} deep",
        memory::statics(),
        memory::stack()
    );
    check.end()
}
