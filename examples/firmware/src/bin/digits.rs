//! Reads handwritten digits with a network in flash, and compares every logit with the host's.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Check, mark, memory};
use programs::digits::{IMAGES, LABELS, NETWORK, image};
use programs::{bits, expected, plain};
use shapewright::prelude::*;

#[entry]
fn main() -> ! {
    let mut check = Check::new("digits");
    let mut right = 0;
    for (k, &label) in LABELS.iter().enumerate() {
        let image = image(k);
        mark();
        let logits = NETWORK.logits(&image);
        mark();
        let [found] = logits.argmax();
        if found == usize::from(label) {
            right += 1;
        } else {
            hprintln!("image {} is a {}, and was read as {}", k, label, found);
        }
        check.same("the host", k, bits(&logits), expected::DIGITS[k]);
        let pixels = core::array::from_fn(|i| core::array::from_fn(|j| image[[0, 0, i, j]]));
        mark();
        let by_loops = plain::digits::logits(&pixels);
        mark();
        check.same("plain Rust", k, bits(&logits), by_loops.map(f32::to_bits));
    }
    hprintln!("{} of {} images are read rightly", right, IMAGES.shape().0.len());
    hprintln!(
        "{} bytes of RAM are static, the stack was {} deep",
        memory::statics(),
        memory::stack()
    );
    check.end()
}
