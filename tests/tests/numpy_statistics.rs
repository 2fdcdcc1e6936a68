//! Searches, counts, products, moments and softmax: compared with NumPy's values, and with naive
//! loops in f64 at every kind of length.

use shapewright::{Axis, Float, Moments, Tensor, array, prelude::*, shape, tensor};
use shapewright_tests::naive::Naive;
use shapewright_tests::same::Ulps;
use shapewright_tests::values::{Values, scattered};

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/statistics.txt"))
}

#[test]
fn places() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    numpy.gives("x234.argmax(axis=0).astype(uint)", x.argmax_axis(Axis::<0>).map(|i| i as u64));
    numpy.gives("x234.argmax(axis=1).astype(uint)", x.argmax_axis(Axis::<1>).map(|i| i as u64));
    numpy.gives("x234.argmin(axis=2).astype(uint)", x.argmin_axis(Axis::<2>).map(|i| i as u64));
    numpy.gives(
        "x234.argmin(axis=2, keepdims=True).astype(uint)",
        x.argmin_axis(Axis::<-1>).keepdims().map(|i| i as u64),
    );
    let index = |index: [usize; 3]| array![index[0] as u64, index[1] as u64, index[2] as u64];
    // Over several axes, which NumPy does not support: the position within them, in row-major
    // order.
    numpy.gives("transpose(x234, (1, 0, 2)).reshape(3, 8).argmax(axis=1).astype(uint)", {
        x.argmax_axis((Axis::<0>, Axis::<2>)).map(|i| i as u64)
    });
    numpy.gives("transpose(x234, (1, 0, 2)).reshape(3, 8).argmin(axis=1).astype(uint)", {
        x.argmin_axis((Axis::<2>, Axis::<0>)).map(|i| i as u64)
    });
    numpy.gives("x234.reshape(6, 4).argmin(axis=0).astype(uint)", {
        x.argmin_axis((Axis::<0>, Axis::<1>)).map(|i| i as u64)
    });
    numpy.gives(
        "x234.reshape(2, 12).argmax(axis=1, keepdims=True).reshape(2, 1, 1).astype(uint)",
        x.argmax_axis((Axis::<1>, Axis::<2>)).keepdims().map(|i| i as u64),
    );
    numpy.gives("x234.argmax().astype(uint)", {
        x.argmax_axis((Axis::<1>, Axis::<2>, Axis::<0>)).map(|i| i as u64)
    });
    let turned = (&x * 2.0).permute_dims((Axis::<1>, Axis::<0>, Axis::<2>)).to_tensor();
    numpy.gives("transpose(x234 * 2, (2, 1, 0)).reshape(4, 6).argmax(axis=1).astype(uint)", {
        turned.argmax_axis((Axis::<0>, Axis::<1>)).map(|i| i as u64)
    });
    numpy.gives("array(unravel_index(x234.argmax(), (2, 3, 4)), uint)", &index(x.argmax()));
    numpy.gives("array(unravel_index(x234.argmin(), (2, 3, 4)), uint)", &index(x.argmin()));
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.gives("i34.argmax(axis=1).astype(uint)", i.argmax_axis(Axis::<1>).map(|i| i as u64));
    let u: Tensor<u8, shape![3, 4]> = numpy.get("u34");
    numpy.gives("u34.argmin(axis=0).astype(uint)", u.argmin_axis(Axis::<0>).map(|i| i as u64));
    // NaN wins, and among several the first; zeros of both signs are equal.
    let odd: Tensor<f32, shape![4, 5]> = numpy.get(
        "array([[0., -0., 0., -1, -2], [1, nan, 2, nan, inf], [-inf, inf, inf, 0, 0], [-0., 0., -0., 1, -inf]], float32)",
    );
    numpy.gives(
        "array([[0., -0., 0., -1, -2], [1, nan, 2, nan, inf], [-inf, inf, inf, 0, 0], [-0., 0., -0., 1, -inf]], float32).argmax(axis=1).astype(uint)",
        odd.argmax_axis(Axis::<1>).map(|i| i as u64),
    );
    numpy.gives(
        "array([[0., -0., 0., -1, -2], [1, nan, 2, nan, inf], [-inf, inf, inf, 0, 0], [-0., 0., -0., 1, -inf]], float32).argmin(axis=0).astype(uint)",
        odd.argmin_axis(Axis::<0>).map(|i| i as u64),
    );
    numpy.gives(
        "array([[0., -0., 0., -1, -2], [1, nan, 2, nan, inf], [-inf, inf, inf, 0, 0], [-0., 0., -0., 1, -inf]], float32).argmax().astype(uint)",
        odd.argmax_axis((Axis::<0>, Axis::<1>)).map(|i| i as u64),
    );
    let cube = odd.reshape(shape![2, 2, 5]).to_tensor();
    numpy.gives(
        "array([[0., -0., 0., -1, -2], [1, nan, 2, nan, inf], [-inf, inf, inf, 0, 0], [-0., 0., -0., 1, -inf]], float32).reshape(2, 2, 5).transpose(1, 0, 2).reshape(2, 10).argmin(axis=1).astype(uint)",
        cube.argmin_axis((Axis::<0>, Axis::<2>)).map(|i| i as u64),
    );
    assert_eq!(odd.argmax(), [1, 1]);
    assert_eq!(array![-0.0, 0.0].argmax(), [0]);
    assert_eq!(array![0.0, -0.0].argmin(), [0]);
    assert_eq!(Tensor::<f32, ()>::full(3.0).argmax(), [0usize; 0]);
}

#[test]
fn products_and_counts() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    let near = |found: f32, expected: f32| found.ulps(expected) <= 24;
    assert!(near(
        x.prod(),
        numpy.get::<f32, ()>("x234.prod(dtype=float64).astype(float32)").item()
    ));
    numpy.within(4, "x234.prod(axis=1, dtype=float64).astype(float32)", x.prod_axis(Axis::<1>));
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.gives("i34.prod(axis=0, dtype=int32)", i.prod_axis(Axis::<0>));
    assert_eq!(
        Tensor::<f32, shape![0, 2]>::zeros().prod_axis(Axis::<0>).to_tensor(),
        tensor![1.0, 1.0]
    );
    let p: Tensor<bool, shape![3, 4]> = numpy.get("p34");
    numpy.gives("p34.all(axis=1)", p.all_axis(Axis::<1>));
    numpy.gives("p34.any(axis=0)", p.any_axis(Axis::<0>));
    numpy.gives(
        "count_nonzero(p34, axis=0).astype(uint)",
        p.count_nonzero_axis(Axis::<0>).map(|n| n as u64),
    );
    numpy.number("array(count_nonzero(p34), uint)", p.count_nonzero() as u64);
    let none = Tensor::<bool, shape![0, 2]>::full(false);
    assert!(none.all() && !none.any() && none.count_nonzero() == 0);
    assert_eq!(none.all_axis(Axis::<0>).to_tensor(), tensor![true, true]);
    assert_eq!(none.any_axis(Axis::<0>).to_tensor(), tensor![false, false]);
}

#[test]
fn softmax_and_its_kin() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    numpy.within(4, "softmax(x234, 0)", x.softmax(Axis::<0>));
    numpy.within(4, "softmax(x234, 1)", x.softmax(Axis::<1>));
    numpy.within(4, "softmax(x234, 2)", x.softmax(Axis::<2>));
    numpy.within(4, "softmax(x234, (0, 2))", x.softmax((Axis::<0>, Axis::<2>)));
    numpy.within(4, "softmax(x234, (1, 2))", x.softmax((Axis::<2>, Axis::<1>)));
    numpy.near(4.0, "log_softmax(x234, 1)", "4 - log_softmax(x234, 1)", x.log_softmax(Axis::<1>));
    numpy.near(4.0, "log_softmax(x234, 2)", "4 - log_softmax(x234, 2)", x.log_softmax(Axis::<2>));
    numpy.near(
        4.0,
        "logsumexp(x234, 0)",
        "abs(logsumexp(x234, 0)) + 4",
        x.logsumexp_axis(Axis::<0>),
    );
    numpy.near(
        4.0,
        "logsumexp(x234, 2)",
        "abs(logsumexp(x234, 2)) + 4",
        x.logsumexp_axis(Axis::<2>),
    );
    let all = Tensor::<f32, ()>::full(x.logsumexp());
    numpy.near(4.0, "logsumexp(x234, (0, 1, 2))", "abs(logsumexp(x234, (0, 1, 2))) + 4", &all);
    // Inside an expression, of an expression, and written to strided memory.
    numpy.within(6, "softmax(x234 * 2, 2) * 2", (&x * 2.0).softmax(Axis::<2>) * 2.0);
    let turned = x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).softmax(Axis::<0>);
    numpy.within(4, "softmax(x234, 2)", turned.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)));
}

/// If the maximum is infinite or NaN, the whole row is NaN, as in the formula, which SciPy and ONNX
/// use. (For a plus infinity SciPy's `log_softmax` returns minus infinity for the other numbers.)
#[test]
fn softmax_of_odd_numbers() {
    let (inf, nan) = (f32::INFINITY, f32::NAN);
    // The same as `odd_rows` of the script that makes the tables.
    let x = array![
        [-inf, 0.0, -inf],
        [-inf, -inf, -inf],
        [inf, 0.0, 1.0],
        [nan, 0.0, 1.0],
        [3e38, -3e38, 0.0]
    ];
    let soft = x.softmax(Axis::<1>).to_array();
    let row = |i: usize| [soft[[i, 0]], soft[[i, 1]], soft[[i, 2]]];
    assert_eq!(row(0), [0.0, 1.0, 0.0]);
    assert!(row(1).iter().all(|x| x.is_nan()));
    assert!(row(2).iter().all(|x| x.is_nan()));
    assert!(row(3).iter().all(|x| x.is_nan()));
    assert_eq!(row(4), [1.0, 0.0, 0.0]);
    let numpy = numpy();
    numpy.within(0, "softmax(odd_rows(), 1)", &soft);
    numpy.within(0, "log_softmax(odd_rows(), 1)", x.log_softmax(Axis::<1>));
    // Across lanes, which is other code.
    let turned = x.permute_dims((Axis::<1>, Axis::<0>)).to_array();
    numpy.within(0, "transpose(softmax(odd_rows(), 1))", turned.softmax(Axis::<0>));
    numpy.within(0, "transpose(log_softmax(odd_rows(), 1))", turned.log_softmax(Axis::<0>));
    let sums = x.logsumexp_axis(Axis::<1>).to_array();
    assert_eq!([sums[[0]], sums[[1]], sums[[2]], sums[[4]]], [0.0, -inf, inf, 3e38]);
    assert!(sums[[3]].is_nan());
    assert_eq!(Tensor::<f32, shape![0]>::zeros().logsumexp(), -inf);
    assert_eq!(Tensor::<f32, shape![0, 2]>::zeros().softmax(Axis::<0>).to_tensor().len(), 0);
}

/// The largest distance of `found` from `expected`, relative to `size`.
fn distance<T: Float + Into<f64>>(found: &[T], expected: &[f64], size: f64) -> f64 {
    assert_eq!(found.len(), expected.len());
    found.iter().zip(expected).map(|(&x, y)| (x.into() - y).abs() / size).fold(0.0, f64::max)
}

/// Factors and offsets that are applied to numbers from 0 to 1. The results are ordinary, or have a
/// mean of about 10^7 standard deviations, or are all equal, or are near the end of the range,
/// where squares overflow.
const KINDS: [[f32; 2]; 4] = [[1.0, 0.0], [4.0, 1e7], [0.0, 0.1], [3e38, 0.0]];

/// Along and across lanes, at lengths around every block size of the folds, compared with loops in
/// f64.
#[test]
fn every_length() {
    fn check(x: &[f32], softened: &[f32], moments: Moments<f32>, places: [usize; 2], what: usize) {
        let wide: Vec<f64> = x.iter().map(|&x| x.into()).collect();
        let n = wide.len() as f64;
        let mean = wide.iter().sum::<f64>() / n;
        let m2: f64 = wide.iter().map(|x| (x - mean) * (x - mean)).sum();
        assert_eq!(moments.count(), x.len());
        assert!(
            distance(&[moments.mean()], &[mean], mean.abs() + 0.1) < 1e-6,
            "the mean of {what}"
        );
        let found = f64::from(moments.m2());
        let right = if m2 > f32::MAX.into() {
            found.is_infinite()
        } else {
            (found - m2).abs() <= 1e-5 * m2
        };
        assert!(right, "m2 of {what}: {found} and {m2}");
        let most = wide.iter().copied().fold(f64::MIN, f64::max);
        let least = wide.iter().copied().fold(f64::MAX, f64::min);
        assert_eq!(wide.iter().position(|&x| x == most), Some(places[0]), "the greatest of {what}");
        assert_eq!(wide.iter().position(|&x| x == least), Some(places[1]), "the least of {what}");
        let sum: f64 = wide.iter().map(|x| (x - most).exp()).sum();
        let expected: Vec<f64> = wide.iter().map(|x| (x - most).exp() / sum).collect();
        assert!(distance(softened, &expected, 1.0 / sum) < 1e-6, "softmax of {what}");
    }
    macro_rules! lengths {
        ($($n:literal)*) => {$(for [size, shift] in KINDS {
            // Along lanes; and across them, in a column of three.
            let x = (scattered::<shape![$n]>() * size + shift).to_tensor();
            check(x.as_slice(), x.softmax(Axis::<0>).to_tensor().as_slice(), x.moments(), [x.argmax()[0], x.argmin()[0]], $n);
            let columns = (scattered::<shape![$n, 3]>() * size + shift).to_tensor();
            let column = columns.slice(Axis::<1>, Span::<1, 1>).to_tensor();
            let soft = columns.softmax(Axis::<0>);
            let soft = soft.slice(Axis::<1>, Span::<1, 1>).to_tensor();
            let (mean, var) = columns.moments_axis(Axis::<0>).to_tensors();
            let moments = Moments::new($n, mean[[1]], var[[1]] * $n as f32);
            let place = [
                columns.argmax_axis(Axis::<0>).to_tensor()[[1]],
                columns.argmin_axis(Axis::<0>).to_tensor()[[1]],
            ];
            check(column.as_slice(), soft.as_slice(), moments, place, $n);
        })*};
    }
    lengths! { 1 2 15 16 17 31 63 65 127 255 256 257 300 513 }
}

/// The mean and the variance computed at once have the bits of each computed alone, on every kind
/// of axis.
#[test]
fn moments_have_the_bits_of_mean_and_variance() {
    macro_rules! shapes {
        ($([$($shape:tt)*] over $axes:expr;)*) => {$(for [size, shift] in KINDS {
            let x = (scattered::<shape![$($shape)*]>() * size + shift).to_tensor();
            let (mean, var) = x.moments_axis($axes).ddof(1).to_tensors();
            Naive::of(&mean).agrees(x.mean_axis($axes), "the mean");
            Naive::of(&var).agrees(x.var_axis($axes).ddof(1), "the variance");
        })*};
    }
    shapes! {
        [70, 33] over Axis::<0>;
        [5, 700] over Axis::<1>;
        [6, 9, 5, 7] over (Axis::<0>, Axis::<2>, Axis::<3>);
        [3, 4, 5] over (Axis::<0>, Axis::<1>, Axis::<2>);
    }
    let x: Tensor<f32, shape![9, 65]> = scattered();
    let moments = x.moments();
    assert_eq!(
        (moments.mean(), moments.var(0), moments.std(1)),
        (x.mean(), x.var(), { x.std_axis((Axis::<0>, Axis::<1>)).ddof(1).to_tensor().item() })
    );
}

#[test]
fn moments_merge_to_those_of_all() {
    let x: Tensor<f64, shape![10, 37]> = scattered::<shape![10, 37]>().map(f64::from).to_tensor();
    let merged = (0..10).map(|i| {
        let row: Vec<f64> = (0..37).map(|j| x[[i, j]]).collect();
        Tensor::<f64, shape![37]>::from_slice(&row).expect("a row").moments()
    });
    let (merged, all) = (merged.fold(Moments::EMPTY, Moments::merge), x.moments());
    assert_eq!(merged.count(), all.count());
    assert!((merged.mean() - all.mean()).abs() < 1e-15 && (merged.m2() - all.m2()).abs() < 1e-13);
    // An empty part changes nothing, on either side; NaN stays.
    assert_eq!(all.merge(Moments::EMPTY), all);
    assert_eq!(Moments::EMPTY.merge(all), all);
    let nothing = Tensor::<f64, shape![0]>::zeros().moments();
    assert_eq!((nothing.count(), nothing.m2()), (0, 0.0));
    assert!(
        nothing.mean().is_nan()
            && nothing.var(0).is_nan()
            && nothing.merge(nothing).mean().is_nan()
    );
    assert!(all.merge(tensor![f64::NAN].moments()).m2().is_nan());
    // The variance of large equal means does not overflow on the way.
    let large = tensor![1e24f32; 100];
    assert!(large.var().is_finite());
}
