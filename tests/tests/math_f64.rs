//! The transcendental functions of f64 compared with exact values (`math/make_values.py`): no error
//! exceeds its documentation.

use shapewright::{Dim, Tensor, prelude::*};
use shapewright_levels::functions_of_floats;
use shapewright_tests::same::Ulps;

/// An argument, the correctly rounded value, and the distance of the exact value from it in ULP.
type Line = (f64, f64, f64);

/// The lines of the table for the function `name`.
fn table(name: &str) -> Vec<Line> {
    let lines = include_str!("../math/values.txt").lines();
    let part = lines.skip_while(|line| line.split(" | ").next() != Some(name)).skip(1);
    let lines: Vec<_> = part
        .map_while(|line| {
            let mut numbers = line.split(' ');
            let mut bits = || u64::from_str_radix(numbers.next()?, 16).ok().map(f64::from_bits);
            let (x, y) = (bits()?, bits()?);
            Some((x, y, numbers.next()?.parse::<f64>().ok()? / 1000.0))
        })
        .collect();
    assert!(lines.len() >= 35, "no values for `{name}`: run tests/math/make_values.py");
    lines
}

/// Fails if a value of `function` is further than `bound` ULP from the exact one.
fn check(
    name: &str,
    bound: f64,
    function: impl Fn(Tensor<f64, (Dim<1>,)>) -> Tensor<f64, (Dim<1>,)>,
) {
    let mut worst = (0.0, 0.0);
    for (x, expected, rest) in table(name) {
        let found = function(Tensor::from_fn(|_| x))[[0]];
        let apart = found.ulps(expected) as f64;
        let above = if found > expected { apart } else { -apart };
        let error = (above - rest).abs();
        assert!(error <= bound, "{name}({x:e}) is {found:e}, {error} ULP from {expected:e}");
        if error > worst.0 {
            worst = (error, x);
        }
    }
    println!("{name}: {:.3} ULP at {:e}, of at most {bound}", worst.0, worst.1);
}

#[test]
fn each_function_of_one_argument() {
    macro_rules! call {
        ($($name:ident within $_of_f32:literal, $bound:literal of $_exact:expr,
            special $_special:tt, bits $_f32:literal, $_f64:literal;)*) => {$(
            check(stringify!($name), $bound, |x| x.$name().to_tensor());
        )*};
    }
    functions_of_floats! { call }
}

#[test]
fn powers() {
    for exponent in [0.5, -1.5, 2.0, 3.0, 1.7, 1e-3, 1e3, -7.0] {
        let name = format!(
            "pow {}",
            if exponent == 1e3 { "1000.0".into() } else { format!("{exponent:?}") }
        );
        check(&name, 1.0, |x| x.powf(exponent).to_tensor());
        check(&name, 1.0, |x| x.pow(exponent).to_tensor());
        if exponent.fract() == 0.0 {
            check(&name, 1.0, |x| x.powi(exponent as i32).to_tensor());
        }
    }
}
