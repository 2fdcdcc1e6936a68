//! The univariate data sets of NIST with their certified means and standard deviations, in every
//! layout.
//!
//! Lew, Lottery, Mavro, Michelso and NumAcc1 to 4 of the Statistical Reference Datasets,
//! <https://www.itl.nist.gov/div898/strd/univ/homepage.html>. The measured ones are in `nist/`.
//! NumAcc2 to 4 are made by their formula: a number m, and then m - 0.1 and m + 0.1 in turn, 500
//! times.
//!
//! The certified values are 15 digits of the statistics of decimal numbers. If the type cannot
//! represent these numbers exactly, the statistics of the floats differ: the standard deviation of
//! NumAcc4 in `f64` is 0.1 to 8 digits. So each set states how many digits the numbers allow, and
//! the results are also compared with the exact statistics of the floats.

use shapewright::{Dim, Tensor, TensorView, prelude::*};
use shapewright_tests::exact::{Binary, check};

/// A data set, its certified mean and standard deviation with the divisor n - 1, and the number of
/// correct digits that the nearest `f64` values allow for each.
struct Set {
    name: &'static str,
    numbers: Vec<f64>,
    certified: [f64; 2],
    digits: [f64; 2],
}

/// Reads a set from a file.
fn read(name: &'static str, text: &str, digits: [f64; 2]) -> Set {
    let number = |word: &str| word.parse().expect("a number");
    let (mut numbers, mut certified) = (Vec::new(), [f64::NAN; 2]);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(' ') {
            Some(("mean", mean)) => certified[0] = number(mean),
            Some(("deviation", deviation)) => certified[1] = number(deviation),
            _ => numbers.extend(line.split_whitespace().map(number)),
        }
    }
    Set { name, numbers, certified, digits }
}

/// A number and many pairs around it. The decimals are parsed, so that each is the nearest float.
fn pairs(name: &'static str, [mean, below, above]: [f64; 3], digits: [f64; 2]) -> Set {
    let numbers = std::iter::once(mean).chain([below, above].repeat(500)).collect();
    Set { name, numbers, certified: [mean, 0.1], digits }
}

/// The number of digits of `found` that agree with `right`: the logarithmic relative error, at most
/// 16.
fn digits(found: f64, right: f64) -> f64 {
    (-((found - right) / right).abs().log10()).min(16.0)
}

/// The mean, the variance and the standard deviation, with the divisor n - 1.
type Found<T> = [T; 3];

/// The statistics over an axis, one result for each of their elements.
macro_rules! over {
    ($x:expr, $axis:expr) => {{
        let (mean, var) = $x.moments_axis($axis).ddof(1).to_tensors();
        let std = $x.std_axis($axis).ddof(1).keepdims().to_tensor();
        let (mean, var, std) = (mean.as_slice(), var.as_slice(), std.as_slice());
        (0..mean.len()).map(|k| [mean[k], var[k], std[k]]).collect::<Vec<_>>()
    }};
}

/// The statistics of every layout of a set. Next to it in memory are the same numbers in another
/// order, and NaN, which must not influence them.
fn layouts<T: Binary, const N: usize>(set: &Set) -> Vec<Found<T>> {
    assert_eq!(set.numbers.len(), N, "{}", set.name);
    let data: Vec<T> = set.numbers.iter().map(|&x| T::nearest(x)).collect();
    let turned: Vec<T> = data.iter().cycle().skip(N / 2).take(N).copied().collect();
    let element = |region: usize, k: usize| [data[k], turned[k], T::NAN][region % 3];
    let mut all = Vec::new();
    let mut found = |regions: &[Found<T>], layout: &str| {
        let what = format!("{} of {}, {layout}", set.name, T::NAME);
        for (region, &found) in regions.iter().enumerate() {
            match region % 3 {
                0 => check(&data, found, 1, &what),
                1 => check(&turned, found, 1, &what),
                _ => assert!(found.iter().all(|x| x.same(T::NAN)), "{what}: {found:?} of NaN"),
            }
            if region % 3 < 2 {
                all.push(found);
            }
        }
    };

    let x = Tensor::<T, (Dim<N>,)>::from_slice(&data).expect("as many as the set has");
    let moments = x.moments();
    found(&[[moments.mean(), moments.var(1), moments.std(1)]], "moments");
    check(&data, [x.mean(), x.var(), x.std()], 0, &format!("{} of {}", set.name, T::NAME));

    let along = Tensor::<T, (Dim<3>, Dim<N>)>::from_fn(|[i, k]| element(i, k));
    let across = Tensor::<T, (Dim<N>, Dim<3>)>::from_fn(|[k, i]| element(i, k));
    let middle = Tensor::<T, (Dim<2>, Dim<N>, Dim<3>)>::from_fn(|[_, k, i]| element(i, k));
    found(&over!(along, Axis::<1>), "along axis 1");
    found(&over!(across, Axis::<0>), "across axis 0");
    found(&over!(middle, Axis::<1>), "axis 1 of three");
    found(&over!((&along - T::ZERO), Axis::<1>), "along axis 1, computed");
    found(&over!((&across * T::ONE), Axis::<0>), "across axis 0, computed");
    let mean = across.mean_axis(Axis::<0>).to_tensor();
    let var = across.var_axis(Axis::<0>).ddof(1).to_tensor();
    found(&[0, 1, 2].map(|i| [mean[[i]], var[[i]], var[[i]].sqrt()]), "one after the other");

    // In other memory layouts: transposed, with gaps, reversed, and stretched.
    let (n, swap) = (N as isize, (Axis::<1>, Axis::<0>));
    let apart: Vec<T> = along.as_slice().iter().flat_map(|&x| [x, T::NAN]).collect();
    let backwards: Vec<T> = along.as_slice().iter().rev().copied().collect();
    let last = 3 * N - 1;
    let views: [(TensorView<'_, T, (Dim<3>, Dim<N>)>, &str); 4] = [
        (across.permute_dims(swap).view(), "along axis 1, transposed"),
        (
            TensorView::with_strides(&apart, 0, [2 * n, 2]).expect("a view"),
            "along axis 1, with gaps",
        ),
        (
            TensorView::with_strides(&backwards, last, [-n, -1]).expect("a view"),
            "along axis 1, backwards",
        ),
        (x.broadcast_to((Dim::<3>, Dim::<N>)).view(), "along axis 1, stretched"),
    ];
    for (view, layout) in &views[..3] {
        found(&over!(view, Axis::<1>), layout);
    }
    let (view, layout) = &views[3];
    over!(view, Axis::<1>).iter().for_each(|&region| found(&[region], layout));
    let views: [(TensorView<'_, T, (Dim<N>, Dim<3>)>, &str); 3] = [
        (along.permute_dims(swap).view(), "across axis 0, transposed"),
        (
            TensorView::with_strides(&apart, 0, [2, 2 * n]).expect("a view"),
            "across axis 0, with gaps",
        ),
        (
            TensorView::with_strides(&backwards, last, [-1, -n]).expect("a view"),
            "across axis 0, backwards",
        ),
    ];
    for (view, layout) in &views {
        found(&over!(view, Axis::<0>), layout);
    }
    all
}

/// Fails if a layout's statistics are not exact, or if those of `f64` have fewer correct digits
/// than the numbers allow.
fn holds<const N: usize>(set: Set) {
    layouts::<f32, N>(&set);
    for [mean, _, std] in layouts::<f64, N>(&set) {
        let found = [digits(mean, set.certified[0]), digits(std, set.certified[1])];
        assert!(
            found[0] >= set.digits[0] && found[1] >= set.digits[1],
            "{}: the mean {mean} and the deviation {std} have {found:?} digits, of {:?}",
            set.name,
            set.digits
        );
    }
}

#[test]
fn lew() {
    holds::<200>(read("Lew", include_str!("../nist/lew.txt"), [15.0, 14.9]));
}

#[test]
fn lottery() {
    holds::<218>(read("Lottery", include_str!("../nist/lottery.txt"), [15.0, 14.9]));
}

#[test]
fn mavro() {
    holds::<50>(read("Mavro", include_str!("../nist/mavro.txt"), [15.0, 13.1]));
}

#[test]
fn michelso() {
    holds::<100>(read("Michelso", include_str!("../nist/michelso.txt"), [15.0, 13.8]));
}

#[test]
fn num_acc1() {
    let numbers = vec![10_000_001.0, 10_000_003.0, 10_000_002.0];
    let certified = [10_000_002.0, 1.0];
    holds::<3>(Set { name: "NumAcc1", numbers, certified, digits: [15.5, 15.0] });
}

#[test]
fn num_acc2() {
    holds::<1001>(pairs("NumAcc2", [1.2, 1.1, 1.3], [15.0, 15.0]));
}

#[test]
fn num_acc3() {
    holds::<1001>(pairs("NumAcc3", [1_000_000.2, 1_000_000.1, 1_000_000.3], [15.0, 9.4]));
}

#[test]
fn num_acc4() {
    holds::<1001>(pairs("NumAcc4", [10_000_000.2, 10_000_000.1, 10_000_000.3], [15.0, 8.2]));
}
