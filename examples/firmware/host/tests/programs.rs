//! Tests that the results of the programs are correct, and not only the same everywhere: against
//! PyTorch, against the true trajectory, and at the host's best level (`--features std`) against
//! its scalar one.

use programs::kalman::{Filter, TRAJECTORY};
use programs::sensor::{HOP, Recording, Ring};
use programs::{digits, expected, near, quantised, sensor};
use shapewright::{Flash, Tensor, include_npy, include_safetensors, prelude::*};

dim!(All = 1797, Pixels = 64, Test = 360);

static ALL: Tensor<f32, shape![All, Pixels], Flash> = include_npy!("../../../data/digits.npy");
static TORCH: Tensor<f32, shape![Test, digits::Classes], Flash> =
    include_safetensors!("../../../digits/expected.safetensors").view("logits");

/// The index of the firmware's `k`-th image among the test images, which are every fifth of all.
fn place(k: usize) -> usize {
    let image = quantised::image(k);
    let is_it = |test: &usize| {
        ALL.row(5 * test).iter().zip(&image).all(|(&x, &count)| x == f32::from(count))
    };
    (0..360).find(is_it).expect("the image is one of those for testing")
}

#[test]
fn logits_are_pytorchs() {
    for k in 0..16 {
        let logits = digits::NETWORK.logits(&digits::image(k));
        assert!((&logits - TORCH.row(place(k))).abs().max() < 2e-5, "image {k}");
    }
}

#[test]
fn each_level_is_within_the_bound_of_products() {
    for (k, bits) in expected::DIGITS.iter().enumerate() {
        let logits = digits::NETWORK.logits(&digits::image(k));
        assert!(near(logits.iter().copied(), bits.map(f32::from_bits), 1e-5), "image {k}");
    }
}

#[test]
fn integers_of_eight_bits_are_enough_for_digits() {
    // All test images except the one that the float network misreads too.
    let right = (0..16).filter(|&k| {
        let [found] = quantised::NETWORK.scores(&quantised::image(k)).argmax();
        found == usize::from(digits::LABELS[k])
    });
    assert!(right.count() >= 15);
}

#[test]
fn the_filter_knows_better_than_its_measurements() {
    let mut filter = Filter::new(&Array::new(TRAJECTORY[0].1));
    let (mut measured_off, mut filter_off) = (0.0, 0.0);
    for (k, (truth, measured)) in TRAJECTORY.iter().enumerate().skip(1) {
        filter.step(&Array::new(*measured)).expect("an inverse");
        // The filter takes some steps to estimate the speed, so the first ones are not compared.
        if k >= 16 {
            let off = |x: f32, y: f32| (x - truth[0]).powi(2) + (y - truth[1]).powi(2);
            measured_off += off(measured[0], measured[1]);
            filter_off += off(filter.x[0], filter.x[1]);
        }
    }
    assert!(filter_off < 0.5 * measured_off, "{filter_off} of {measured_off}");
}

#[test]
fn a_state_that_has_run_away_is_an_error() {
    let mut filter = Filter::new(&Array::new([1.0, 2.0]));
    filter.p[[0, 0]] = f32::INFINITY;
    let before = filter.clone();
    assert!(filter.step(&Array::new([1.0, 2.0])).is_err());
    assert_eq!((filter.x, filter.p), (before.x, before.p));
}

#[test]
fn motions_are_told_of_recordings_that_were_not_trained_on() {
    let mut right = 0;
    for seed in 50_000..50_300 {
        let recording = Recording::new(seed);
        let mut ring = Ring::new();
        let windows = (0..2 * HOP as u32).filter_map(|time| {
            let features = sensor::features(ring.push(recording.reading(time))?);
            Some(sensor::NETWORK.logits(&features).argmax() == [recording.motion])
        });
        let told: Vec<bool> = windows.collect();
        assert_eq!(told.len(), 1, "a window as soon as the ring is full");
        right += usize::from(told[0]);
    }
    assert!(right >= 290, "{right} of 300");
}

#[test]
fn a_window_has_the_latest_readings_in_order() {
    let mut ring = Ring::new();
    let mut last = None;
    for time in 0..275i16 {
        if let Some(window) = ring.push([time, -time, 7]) {
            for (row, then) in window.rows().zip(time - 99..) {
                assert_eq!(row, [then, -then, 7]);
            }
            last = Some(time);
        }
    }
    assert_eq!(last, Some(249));
}
