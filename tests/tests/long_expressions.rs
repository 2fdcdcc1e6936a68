//! Long and nested expressions build without a `recursion_limit`, and have the same results as
//! their steps one by one. `tests/levels` has the same tests in an optimised package, as the
//! compiler fails at other depths there.

use shapewright::{Axis, Tensor, prelude::*, shape, tensor};

/// Redeclares `$y` as `$step` of its previous value, once for each of `$times`.
macro_rules! again {
    ($y:ident = $step:expr; $($times:literal)*) => {
        $(let $y = { let _ = $times; $step };)*
    };
}

fn x() -> Tensor<f32, shape![4, 3]> {
    tensor![[1.0, -2.0, 3.0], [0.5, 8.0, -1.0], [2.0, 2.0, 7.0], [-4.0, 1.5, 6.0]]
}

#[test]
fn forty_steps() {
    let x = x();
    let y = &x * 0.5 + 1.0;
    again!(y = y * 0.5 + 1.0; 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
        31 32 33 34 35 36 37 38 39 40);
    let mut expected = x.clone();
    for element in expected.as_mut_slice() {
        for _ in 0..40 {
            *element = *element * 0.5 + 1.0;
        }
    }
    assert_eq!(y.to_tensor(), expected);
}

#[test]
fn a_sum_of_82_operands() {
    let x = x();
    let y = &x + &x;
    again!(y = y + &x; 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34
        35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69
        70 71 72 73 74 75 76 77 78 79 80 81 82);
    // Every partial sum is exact.
    assert_eq!(y.to_tensor(), (&x * 82.0).to_tensor());
}

#[test]
fn eight_doublings() {
    let x = x();
    let y = &x + 0.0;
    again!(y = y + y; 1 2 3 4 5 6 7 8);
    assert_eq!(y.to_tensor(), (&x * 256.0).to_tensor());
}

#[test]
fn six_reductions_in_each_other() {
    let x = x();
    let y = &x - x.sum_axis(Axis::<0>);
    again!(y = y - y.sum_axis(Axis::<0>); 2 3 4 5 6);
    let mut expected = x.clone();
    for _ in 0..6 {
        expected = (&expected - expected.sum_axis(Axis::<0>)).to_tensor();
    }
    assert_eq!(y.to_tensor(), expected);
}
