//! Which sums are compensated, and the error bound of each kind, as `accuracy` states.

use shapewright::{Tensor, prelude::*, shape, tensor};

/// The same three numbers: along lanes so few are not compensated, across lanes they are.
#[test]
fn three_numbers() {
    let rows = tensor![[16777216.0f32, 1.0, 1.0], [16777216.0, 1.0, 1.0]];
    assert_eq!(rows.sum_axis(Axis::<1>).to_tensor(), tensor![16777216.0, 16777216.0]);
    let columns = rows.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    assert_eq!(columns.sum_axis(Axis::<0>).to_tensor(), tensor![16777218.0, 16777218.0]);
    assert_eq!(tensor![16777216.0f32, 1.0, 1.0].sum(), 16777216.0);
    // A column of a matrix is across its lanes, even alone; an axis of `One` is not a lane.
    let first = columns.slice(Axis::<1>, Span::<0, 1>);
    assert_eq!(first.sum_axis(Axis::<0>).squeeze(Axis::<0>).to_tensor().item(), 16777218.0);
    let column = tensor![[16777216.0f32], [1.0], [1.0]];
    assert_eq!(column.sum_axis(Axis::<0>).to_tensor(), tensor![16777216.0]); // (3, 1): along
}

/// A single 1 that is added to 2^24 is lost by the rounding. Each 1 here is added alone to its
/// accumulator.
#[test]
fn what_is_lost_is_carried() {
    let large = 16777216.0f32;
    // Along lanes element i goes to accumulator i mod 16, which has leaves of 16 elements. There is
    // one 1 in each leaf of accumulator 0 except the first.
    let many = Tensor::<f32, shape![4096]>::from_fn(|[i]| match i {
        0 => large,
        _ if i % 256 == 0 => 1.0,
        _ => 0.0,
    });
    assert_eq!(many.sum(), large + 16.0); // 15 ones are added, and the sum is rounded once
    // Of fewer than 256 elements an accumulator combines pieces of 4 and of 1. Nothing is
    // compensated, so the ones are lost.
    let few = Tensor::<f32, shape![240]>::from_fn(|[i]| match i {
        0 => large,
        64 | 128 | 192 | 208 | 224 => 1.0,
        _ => 0.0,
    });
    assert_eq!(few.sum(), large);
    // Across lanes, with as many elements.
    let columns = Tensor::<f32, shape![240, 2]>::from_fn(|[i, _]| match i {
        0 => large,
        _ if i % 16 == 0 => 1.0,
        _ => 0.0,
    });
    assert_eq!(columns.sum_axis(Axis::<0>).to_tensor(), tensor![large + 14.0, large + 14.0]);
}

/// The sum and the sum of magnitudes in double f64, compared with which the errors of f32 are
/// large.
fn exact(elements: impl Iterator<Item = f32>) -> (f64, f64) {
    let (mut sum, mut lost, mut size) = (0.0f64, 0.0f64, 0.0f64);
    for x in elements.map(f64::from) {
        let next = sum + x;
        let of_x = next - sum;
        lost += (sum - (next - of_x)) + (x - of_x);
        sum = next;
        size += x.abs();
    }
    (sum + lost, size)
}

#[track_caller]
fn within(found: f32, elements: impl Iterator<Item = f32>, bound: f64, what: &str) {
    let (sum, size) = exact(elements);
    // The bound is of first order. A thousandth more allows for the higher orders.
    let limit = bound * f64::from(f32::EPSILON) * size * 1.001;
    let error = (f64::from(found) - sum).abs();
    assert!(error <= limit, "{what}: {error:e} is more than {limit:e}");
}

/// Numbers of magnitudes from 2^-12 to 2^12, of both signs if `signed`, different for each `seed`.
fn scattered(seed: u64, signed: bool) -> impl FnMut() -> f32 {
    let mut state = seed;
    move || {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        let exponent = 127 - 12 + (bits >> 32) as u32 % 25;
        let x = f32::from_bits(exponent << 23 | bits as u32 & 0x007f_ffff);
        if signed && bits >> 63 == 1 { -x } else { x }
    }
}

#[test]
fn bounds() {
    macro_rules! lengths {
        ($($n:literal: $along:literal;)*) => {$(
            for seed in 0..(200_000 / $n as u64).clamp(2, 100) {
                let what = format!("a sum of {} of seed {seed}", $n);
                let mut number = scattered(seed, seed % 2 == 0);
                let columns = Tensor::<f32, shape![$n, 2]>::from_fn(|_| number());
                let lanes = columns.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
                let across = columns.sum_axis(Axis::<0>).to_tensor();
                let along = lanes.sum_axis(Axis::<1>).to_tensor();
                for j in 0..2 {
                    let column = || lanes.as_slice()[j * $n..][..$n].iter().copied();
                    within(across[[j]], column(), 2.5, &what);
                    within(along[[j]], column(), $along, &what);
                }
            }
        )*};
    }
    lengths! {
        2: 6.0; 3: 6.0; 15: 6.0; 16: 6.0; 17: 6.0; 100: 6.0; 240: 6.0; 255: 6.0;
        256: 5.0; 257: 5.0; 1000: 5.0; 4095: 5.0; 8192: 5.0;
        8193: 2.5; 20_000: 2.5; 100_003: 2.5;
    }
}
