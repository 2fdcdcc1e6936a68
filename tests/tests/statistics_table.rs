//! Means and variances that were wrong once, each with the correct value.
//!
//! Where a row describes data only by their statistics, the data here have exactly those
//! statistics.

use shapewright::nn::BatchNorm;
use shapewright::{Array, Axis, Dim, Moments, Tensor, TensorView, prelude::*, shape, tensor};
use shapewright_tests::exact::{Binary, Exact, Sample, check};

/// The numbers of column `j`.
fn column<T: Binary, const R: usize, const C: usize>(
    x: &Tensor<T, (Dim<R>, Dim<C>)>,
    j: usize,
) -> Vec<T> {
    (0..R).map(|i| x[[i, j]]).collect()
}

/// Checks the statistics of every column, over axis 0, and over axis 1 of the transposed memory.
macro_rules! check_columns {
    ($x:expr, [$r:literal, $c:literal], ddof $ddof:literal, $what:literal) => {{
        let x = &$x;
        let rows = x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
        let (mean, var) =
            (x.mean_axis(Axis::<0>).to_tensor(), x.var_axis(Axis::<0>).ddof($ddof).to_tensor());
        let std = x.std_axis(Axis::<0>).ddof($ddof).to_tensor();
        let (along_mean, along_var) = rows.moments_axis(Axis::<1>).ddof($ddof).to_tensors();
        let along_std = rows.std_axis(Axis::<1>).ddof($ddof).to_tensor();
        for j in 0..$c {
            let numbers = column(x, j);
            check(
                &numbers,
                [mean[[j]], var[[j]], std[[j]]],
                $ddof,
                concat!($what, ", over axis 0"),
            );
            let along = [along_mean[[j]], along_var[[j]], along_std[[j]]];
            check(&numbers, along, $ddof, concat!($what, ", over axis 1"));
        }
        var
    }};
}

/// Pressures in pascal, which differ by a few.
#[test]
fn a_hundred_thousand_pressures() {
    let x = Tensor::<f32, shape![100000, 2]>::from_fn(|[i, j]| {
        101_325.0 + ((2 * i + j) % 11) as f32 * 0.25
    });
    let var = check_columns!(x, [100000, 2], ddof 0, "pressures");
    for j in 0..2 {
        let right = [0.62500, 0.62499][j];
        assert!((var[[j]] - right).abs() < 1e-5, "{} is not {right}", var[[j]]);
    }
}

/// The variance of the numbers from -5 to 5 is 10, and so is that of many of each.
#[test]
fn five_thousand_numbers_of_eight_digits() {
    let x = Tensor::<f32, shape![5005, 2]>::from_fn(|[i, j]| {
        16_777_000.0 + ((7 * i + j) % 11) as f32 - 5.0
    });
    let var = check_columns!(x, [5005, 2], ddof 0, "eight digits");
    assert_eq!(var, tensor![10.0, 10.0]);
    let x = Tensor::<f32, shape![5000, 2]>::from_fn(|[i, j]| {
        16_777_000.0 + ((7 * i + j) % 11) as f32 - 5.0
    });
    let var = check_columns!(x, [5000, 2], ddof 0, "eight digits");
    assert!((var[[0]] - 10.0).abs() < 0.01, "{} is not 10", var[[0]]);
}

#[test]
fn three_numbers_of_eight_digits() {
    let x = tensor![10_000_001.0f32, 10_000_003.0, 10_000_002.0];
    assert_eq!(x.mean(), 10_000_002.0);
    assert_eq!(x.std_axis(Axis::<0>).ddof(1).to_tensor().item(), 1.0);
    assert_eq!(
        (x.moments().mean(), x.moments().m2(), x.moments().std(1)),
        (10_000_002.0, 2.0, 1.0)
    );
    assert_eq!((&x * 1.0).mean(), 10_000_002.0);
    assert_eq!((&x - x.mean()).to_tensor(), tensor![-1.0, 1.0, 0.0]);
    let columns = x.expand_dims(Axis::<1>).broadcast_to(shape![3, 5]).to_tensor();
    assert_eq!(columns.mean_axis(Axis::<0>).to_tensor(), tensor![10_000_002.0; 5]);
    assert_eq!(columns.std_axis(Axis::<0>).ddof(1).to_tensor(), tensor![1.0; 5]);
    // Merged moments have the same mean and squared deviations.
    let batches =
        [tensor![10_000_001.0f32, 10_000_003.0].moments(), tensor![10_000_002.0].moments()];
    let all = batches.into_iter().fold(Moments::EMPTY, Moments::merge);
    assert_eq!((all.mean(), all.m2()), (10_000_002.0, 2.0));
}

/// Equal numbers are their own mean, have the standard deviation 0 and are normalised to 0.
#[test]
fn a_batch_of_equal_numbers() {
    let x = Tensor::<f32, shape![3, { 1 }]>::full(1.433_369_2e10);
    let norm = BatchNorm::of(&x, 1e-5);
    assert_eq!(norm.mean()[[0]], 1.433_369_2e10);
    assert_eq!(norm.var()[[0]], 0.0);
    assert_eq!(norm.forward(&x).to_tensor(), Tensor::zeros());
    let inline: Array<f32, shape![3, { 1 }]> = x.to_array();
    assert_eq!(BatchNorm::inline_of(&inline, 1e-5).forward(&inline).to_array(), Array::splat(0.0));
    let images = Tensor::<f32, shape![3, 2, 4, 5]>::full(1.433_369_2e10);
    assert_eq!(BatchNorm::of(&images, 1e-5).forward(&images).to_tensor(), Tensor::zeros());
}

#[test]
fn a_million_of_two_numbers() {
    let x = Tensor::<f32, shape![1000000, 2]>::from_fn(|[_, j]| [100.0, -100.0][j]);
    assert_eq!(x.std_axis(Axis::<0>).to_tensor(), tensor![0.0, 0.0]);
    let (mean, var) = x.moments_axis(Axis::<0>).to_tensors();
    assert_eq!((mean, var), (tensor![100.0, -100.0], tensor![0.0, 0.0]));
}

/// Checks that equal numbers have the standard deviation 0, and that each deviates by 0.
macro_rules! equal {
    ($($t:ident $n:literal times $x:literal;)*) => {$({
        let what = concat!(stringify!($n), " times ", stringify!($x));
        let x = Tensor::<$t, shape![$n]>::full($x);
        assert_eq!((x.mean(), x.var(), x.std()), ($x, 0.0, 0.0), "{what}");
        let (least, most) = ((&x - x.mean()).min(), (&x - x.mean()).max());
        assert_eq!((least, most), (0.0, 0.0), "{what}, less their mean");
        assert_eq!(((&x * 1.0).mean(), (&x * 1.0).var()), ($x, 0.0), "{what}, computed");
        let columns = Tensor::<$t, shape![$n, 3]>::full($x);
        let (mean, var) = columns.moments_axis(Axis::<0>).to_tensors();
        assert_eq!((mean, var), (tensor![$x; 3], tensor![0.0; 3]), "{what}, in columns");
        let number = tensor![$x; 1];
        let stretched = number.view().broadcast_to(shape![2, 3]).to_tensor();
        assert_eq!(stretched.std_axis(Axis::<1>).to_tensor(), tensor![0.0; 2], "{what}, stretched");
    })*};
}

#[test]
fn many_equal_numbers() {
    equal! {
        f32 5000 times 14858236.0;
        f64 1000 times 14.62;
        f32 1448 times 0.576;
        f32 100 times 14.62;
        f64 257 times 0.1;
    }
}

/// NIST's NumAcc4. The numbers are not floats: the nearest floats deviate by 0.1 only to 8 digits.
/// All digits of the floats' own standard deviation are correct.
#[test]
fn numacc4() {
    let x = Tensor::<f64, shape![1001]>::from_fn(|[k]: [usize; 1]| match k {
        0 => 10_000_000.2,
        _ if k % 2 == 1 => 10_000_000.1,
        _ => 10_000_000.3,
    });
    let exact = Sample::of(x.as_slice());
    let right: f64 = exact.std(1).round();
    assert!((right - 0.1).abs() < 1e-9);
    let columns = x.expand_dims(Axis::<1>).broadcast_to(shape![1001, 3]).to_tensor();
    let found = [
        x.std_axis(Axis::<0>).ddof(1).to_tensor().item(),
        x.moments().std(1),
        columns.std_axis(Axis::<0>).ddof(1).to_tensor()[[1]],
    ];
    for std in found {
        let digits = -((std - right) / right).abs().log10();
        assert!(digits >= 15.0, "{std} has {digits} digits of {right}");
    }
}

#[test]
fn a_variance_near_the_end_of_the_range() {
    let x = Tensor::<f32, shape![2, 3]>::from_fn(|[i, _]| [5e18, 1e19][i]);
    check_columns!(x, [2, 3], ddof 0, "5e18 and 1e19");
    // Equal counts of two numbers, one after the other and alternating: the squared deviations add
    // up to 1e38.
    let x = Tensor::<f32, shape![16, 3]>::from_fn(|[i, _]| [5e18, 1e19][i / 8]);
    let var = check_columns!(x, [16, 3], ddof 0, "8 times 5e18, 8 times 1e19");
    assert!((var[[0]] / 6.25e36 - 1.0).abs() < 1e-6, "{} is not 6.25e36", var[[0]]);
    let x = Tensor::<f32, shape![16, 3]>::from_fn(|[i, _]| [5e18, 1e19][i % 2]);
    check_columns!(x, [16, 3], ddof 0, "8 times 5e18 and 1e19");
}

/// The sum of the squares overflows; their mean does not.
#[test]
fn squares_that_add_up_past_the_end_of_the_range() {
    let x =
        Tensor::<f32, shape![100000, 2]>::from_fn(|[i, _]| if i % 2 == 0 { 1e19 } else { -1e19 });
    check_columns!(x, [100000, 2], ddof 0, "100000 of ±1e19");
}

#[test]
fn a_mean_near_the_end_of_the_range() {
    let x = tensor![3e38f32; 4];
    assert_eq!((x.mean(), x.var()), (3e38, 0.0));
    let columns = tensor![3e38f32; 4, 3];
    assert_eq!(columns.mean_axis(Axis::<0>).to_tensor(), tensor![3e38; 3]);
    assert_eq!(columns.var_axis(Axis::<0>).to_tensor(), tensor![0.0; 3]);
    let x = tensor![f64::MAX; 300];
    assert_eq!((x.mean(), x.var()), (f64::MAX, 0.0));
    // With both signs the mean is small, and the variance overflows, but not its root.
    let x = Tensor::<f32, shape![1000]>::from_fn(|[k]: [usize; 1]| {
        [3.4e38, -3.4e38, 3e38, -3e38][k % 4]
    });
    let error = Sample::of(x.as_slice()).mean_error(x.mean());
    assert!(error <= 1.0, "{} is off by {error} ULP", x.mean());
    assert_eq!(x.var(), f32::INFINITY);
    assert!((x.std() / 3.206_244e38 - 1.0).abs() < 1e-6, "{} is not 3.206244e38", x.std());
}

/// The maximum error of batch-normalised numbers against the formula, in ULP.
const NORMALISED: f64 = 6.0;

#[test]
fn a_batch_of_large_mean() {
    let x = Tensor::<f32, shape![1000, 2]>::from_fn(|[i, j]| 1e6 + ((7 * i + j) % 17) as f32 - 8.0);
    let norm = BatchNorm::of(&x, 1e-5);
    let (found, eps) = (norm.forward(&x).to_tensor(), Exact::of(norm.eps()));
    for j in 0..2 {
        let (mean, var) = (norm.mean()[[j]], norm.var()[[j]]);
        check(&column(&x, j), [mean, var, var.sqrt()], 0, "the statistics");
        let deviation = (&Exact::of(var) + &eps).root();
        for i in 0..1000 {
            let exact = (&Exact::of(x[[i, j]]) - &Exact::of(mean)).over(&deviation);
            let error = exact.error(found[[i, j]]);
            assert!(error <= NORMALISED, "({i}, {j}): {} is off by {error} ULP", found[[i, j]]);
        }
    }
}

#[test]
fn a_number_near_the_mean() {
    let (x, mean, var, eps) = (-86.11643f32, -95.6413f32, 26.432604f32, 1e-5f32);
    let number = |x: f32| Tensor::<f32, shape![{ 1 }]>::full(x);
    let norm = BatchNorm::new(number(1.0), number(0.0), number(mean), number(var), eps);
    let found = norm.forward(&Tensor::<f32, shape![2, { 1 }]>::full(x)).to_tensor();
    let deviation = (&Exact::of(var) + &Exact::of(eps)).root();
    let error = (&Exact::of(x) - &Exact::of(mean)).over(&deviation).error(found[[0, 0]]);
    assert!(error <= NORMALISED, "{} is off by {error} ULP", found[[0, 0]]);
}

/// The same numbers have the same statistics if they are strided, reversed or stretched.
#[test]
fn wherever_the_numbers_are() {
    let data: Vec<f32> = (0..90).map(|k| 16_777_000.0 + (7 * k % 11) as f32).collect();
    let apart: Vec<f32> = data.iter().flat_map(|&x| [x, f32::NAN]).collect();
    let x: TensorView<f32, shape![3, 30]> = TensorView::with_strides(&apart, 0, [60, 2]).unwrap();
    let (along, across) =
        (x.moments_axis(Axis::<1>).to_tensors(), x.moments_axis(Axis::<0>).to_tensors());
    for i in 0..3 {
        let (mean, var) = (along.0[[i]], along.1[[i]]);
        check(&data[30 * i..][..30], [mean, var, var.sqrt()], 0, "with gaps, over axis 1");
    }
    for j in 0..30 {
        let column = [data[j], data[30 + j], data[60 + j]];
        let (mean, var) = (across.0[[j]], across.1[[j]]);
        check(&column, [mean, var, var.sqrt()], 0, "with gaps, over axis 0");
    }
    let back: TensorView<f32, shape![90]> = TensorView::with_strides(&data, 89, [-1]).unwrap();
    check(&data, [back.mean(), back.var(), back.std()], 0, "backwards");
    let stretched = back.broadcast_to(shape![4, 90]);
    let kept = stretched.var_axis(Axis::<0>).keepdims().to_tensor();
    assert_eq!((kept.min(), kept.max()), (0.0, 0.0), "stretched, over the axis that is");
    let (mean, var, std) = (
        stretched.mean_axis(Axis::<1>),
        stretched.var_axis(Axis::<1>),
        stretched.std_axis(Axis::<1>),
    );
    let found = [mean.to_tensor()[[3]], var.to_tensor()[[3]], std.to_tensor()[[3]]];
    check(&data, found, 0, "stretched, over the axis that is not");
}

/// Equal numbers whose deviations from a rounded mean have squares that underflow: the variance is
/// 0, and not negative.
#[test]
fn equal_numbers_so_small_that_squares_vanish() {
    fn is_nothing<T: Binary + PartialEq + core::fmt::Debug>(zero: T, found: [T; 3]) {
        // +0.0, as 1 / -0.0 is negative.
        let positive = |x: T| x == zero && T::ONE.divided(x) > zero;
        assert!(found.into_iter().all(positive), "{found:?} are not all +0.0");
    }
    macro_rules! lengths {
        ($t:ident: $zero:literal, $x:expr; $($n:literal)*) => {$(
            let x: $t = $x;
            let row = Tensor::<$t, shape![$n]>::full(x);
            is_nothing($zero, [row.var(), row.std(), row.moments().var(1)]);
            assert_eq!(row.mean(), x);
            let columns = Tensor::<$t, shape![$n, 3]>::full(x);
            let (var, std) = (columns.var_axis(Axis::<0>).ddof(1), columns.std_axis(Axis::<0>).ddof($n / 2));
            let (var, std) = (var.to_tensor(), std.to_tensor());
            is_nothing($zero, [var[[0]], std[[1]], var[[2]]]);
        )*};
    }
    for k in 0..400u32 {
        for x in [0x254f_8f89, 0x25c7_288d, 0x25f9_0cf0] {
            lengths! { f32: 0.0, f32::from_bits(x + 7919 * k); 3 13 31 100 255 300 }
        }
        lengths! { f64: 0.0, 7.356_032_873_026_471e-147 * f64::from(k + 1); 3 13 100 }
    }
}
