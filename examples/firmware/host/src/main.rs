//! Computes on the host what the firmware computes, and compares the bits with those in
//! `expected/`, which the firmware compares with its own. Run it from the root of the repository,
//! so that it is built for the host:
//!
//! `cargo run --release --manifest-path examples/firmware/Cargo.toml -p host`, and `-- --write` to
//! write the files.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::{env, fs};

use programs::kalman::{Filter, TRAJECTORY};
use programs::{bits, digits, expected, near, quantised, sensor};
use shapewright::{Array, Level};

/// Whether the host uses fused multiply-add, which rounds a product and a sum once. Matrix products
/// may use it, but those of a Cortex-M do not. If the host uses it, bits may differ, within a
/// bound.
const FUSES: bool = cfg!(any(target_arch = "aarch64", target_feature = "fma"));
/// The maximum error of logits if the host uses fused multiply-add. The networks have at most 288
/// products in a sum.
const BOUND: f32 = 1e-5;

fn digits_logits() -> Vec<[u32; 10]> {
    (0..digits::LABELS.len())
        .map(|k| elements(bits(&digits::NETWORK.logits(&digits::image(k)))))
        .collect()
}

fn quantised_scores() -> Vec<[i32; 10]> {
    (0..digits::LABELS.len())
        .map(|k| quantised::NETWORK.scores(&quantised::image(k)).into())
        .collect()
}

fn kalman_states() -> Vec<[u32; 8]> {
    let mut filter = Filter::new(&Array::new(TRAJECTORY[0].1));
    let steps = TRAJECTORY.iter().skip(1).map(|(_, measured)| {
        filter.step(&Array::new(*measured)).expect("an inverse");
        elements(filter.bits())
    });
    steps.collect()
}

fn sensor_logits() -> Vec<[u32; 3]> {
    let mut ring = sensor::Ring::new();
    let windows = sensor::stream().filter_map(|(reading, _)| {
        let features = sensor::features(ring.push(reading)?);
        Some(elements(bits(&sensor::NETWORK.logits(&features))))
    });
    windows.collect()
}

/// The elements as an array.
fn elements<T: Debug, const N: usize>(elements: impl Iterator<Item = T>) -> [T; N] {
    elements.collect::<Vec<_>>().try_into().expect("as many as the shape says")
}

/// Writes the rows to the file of this name, as a Rust array.
fn write<T: Copy, const N: usize>(
    name: &str,
    rows: &[[T; N]],
    text: fn(T) -> String,
) -> Result<(), Box<dyn Error>> {
    let mut all = String::from("[\n");
    for row in rows {
        writeln!(all, "    [{}],", row.map(text).join(", "))?;
    }
    all.push_str("]\n");
    Ok(fs::write(format!("{}/../expected/{name}.in", env!("CARGO_MANIFEST_DIR")), all)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    Level::SCALAR.force();
    let (digits, quantised, kalman, sensor) =
        (digits_logits(), quantised_scores(), kalman_states(), sensor_logits());
    if env::args().any(|argument| argument == "--write") {
        let hexadecimal = |bits| format!("{bits:#010x}");
        write("digits", &digits, hexadecimal)?;
        write("quantised", &quantised, |score| score.to_string())?;
        write("kalman", &kalman, hexadecimal)?;
        return write("sensor", &sensor, hexadecimal);
    }
    let floats = |rows: &[u32]| rows.iter().copied().map(f32::from_bits).collect::<Vec<_>>();
    let same = |found: &[u32], expected: &[u32]| match FUSES {
        false => found == expected,
        true => near(floats(found), floats(expected), BOUND),
    };
    for (name, is_same) in [
        ("digits", same(digits.as_flattened(), expected::DIGITS.as_flattened())),
        ("quantised", quantised == expected::QUANTISED),
        ("kalman", same(kalman.as_flattened(), expected::KALMAN.as_flattened())),
        ("sensor", same(sensor.as_flattened(), expected::SENSOR.as_flattened())),
    ] {
        if !is_same {
            return Err(format!(
                "expected/{name}.in is not what is computed; `-- --write` writes it"
            )
            .into());
        }
        println!(
            "{name}: as in expected/{name}.in{}",
            if FUSES { ", within the bound" } else { ", every bit" }
        );
    }
    Ok(())
}
