//! Reductions over all elements, over each axis, over several axes and over named axes, with and
//! without `keepdims`.
//!
//! Minima, maxima and all results for integers are NumPy's bit for bit. Sums, means, variances and
//! standard deviations of floats are within a stated bound of the exact values, which the script
//! computes in rational numbers, because NumPy's order of summation differs from the crate's.

use shapewright::{Numeric, Tensor, array, dim, prelude::*, shape, tensor};
use shapewright_tests::same::Ulps;
use shapewright_tests::values::{Values, scattered};

dim!(Batch = 2, Row = 3, Column = 4);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/reductions.txt"))
}

/// The maximum error of a sum of at most 8192 elements, in machine epsilons of the sum of
/// magnitudes, counted in halves: 4 roundings in a leaf, 1 to add the errors of the merges, 4 to
/// merge the accumulators, 1 to add the elements after the last row, and some for the errors
/// themselves. A mean has one rounding more.
const SUM: f64 = 11.0 / 2.0;
const MEAN: f64 = 12.0 / 2.0;
/// The maximum error of a variance, in machine epsilons of itself, counted in halves: the sum of
/// squared deviations, each of which has two roundings of its own and one of the mean, which counts
/// twice.
const VARIANCE: f64 = 32.0 / 2.0;

#[test]
fn sums() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.near(SUM, "exact_sum(x34)", "exact_sum(abs(x34))", &Tensor::<_, ()>::full(x.sum()));
    numpy.near(SUM, "exact_sum(x34, 0)", "exact_sum(abs(x34), 0)", x.sum_axis(Axis::<0>));
    numpy.near(SUM, "exact_sum(x34, 1)", "exact_sum(abs(x34), 1)", x.sum_axis(Axis::<1>));
    numpy.near(
        SUM,
        "exact_sum(x34, 0, True)",
        "exact_sum(abs(x34), 0, True)",
        x.sum_axis(Axis::<0>).keepdims(),
    );
    numpy.near(
        SUM,
        "exact_sum(x34, -1, True)",
        "exact_sum(abs(x34), -1, True)",
        x.sum_axis(Axis::<-1>).keepdims(),
    );
    let d: Tensor<f64, shape![3, 4]> = numpy.get("d34");
    numpy.near(SUM, "exact_sum(d34, 0)", "exact_sum(abs(d34), 0)", d.sum_axis(Axis::<-2>));
    numpy.near(SUM, "exact_sum(d34, 1)", "exact_sum(abs(d34), 1)", d.sum_axis(Axis::<1>));
    // Of an expression, and inside one.
    numpy.near(
        SUM,
        "exact_sum(x34 * x34, 1)",
        "exact_sum(x34 * x34, 1)",
        (&x * &x).sum_axis(Axis::<1>),
    );
    numpy.gives("x34 - x34.max(axis=1, keepdims=True)", &x - x.max_axis(Axis::<1>).keepdims());
}

#[test]
fn several_axes() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    macro_rules! sums {
        ($($exact:literal, $size:literal: $sum:expr;)*) => {$(numpy.near(SUM, $exact, $size, $sum);)*};
    }
    sums! {
        "exact_sum(x234, 0)", "exact_sum(abs(x234), 0)": x.sum_axis(Axis::<0>);
        "exact_sum(x234, 1)", "exact_sum(abs(x234), 1)": x.sum_axis(Axis::<1>);
        "exact_sum(x234, 2)", "exact_sum(abs(x234), 2)": x.sum_axis(Axis::<2>);
        "exact_sum(x234, 1)", "exact_sum(abs(x234), 1)": x.sum_axis(Axis::<-2>);
        "exact_sum(x234, (0, 1))", "exact_sum(abs(x234), (0, 1))": x.sum_axis((Axis::<0>, Axis::<1>));
        "exact_sum(x234, (0, 1))", "exact_sum(abs(x234), (0, 1))": x.sum_axis((Axis::<1>, Axis::<0>));
        "exact_sum(x234, (0, 2))", "exact_sum(abs(x234), (0, 2))": x.sum_axis((Axis::<0>, Axis::<-1>));
        "exact_sum(x234, (1, 2))", "exact_sum(abs(x234), (1, 2))": x.sum_axis((Axis::<1>, Axis::<2>));
        "exact_sum(x234)", "exact_sum(abs(x234))": x.sum_axis((Axis::<0>, Axis::<1>, Axis::<2>));
        "exact_sum(x234, (0, 2), True)", "exact_sum(abs(x234), (0, 2), True)": x.sum_axis((Axis::<0>, Axis::<2>)).keepdims();
        "exact_sum(x234, 1, True)", "exact_sum(abs(x234), 1, True)": x.sum_axis(Axis::<1>).keepdims();
        "exact_sum(x234, None, True)", "exact_sum(abs(x234), None, True)": x.sum_axis((Axis::<0>, Axis::<1>, Axis::<2>)).keepdims();
    }
    // No axis at all.
    numpy.gives("x234", x.sum_axis(()));
    numpy.gives("x234", x.max_axis(()).keepdims());
    let y: Tensor<f32, shape![2, 3, 2, 3]> = numpy.get("y2323");
    sums! {
        "exact_sum(y2323, (0, 2))", "exact_sum(abs(y2323), (0, 2))": y.sum_axis((Axis::<0>, Axis::<2>));
        "exact_sum(y2323, (1, 3))", "exact_sum(abs(y2323), (1, 3))": y.sum_axis((Axis::<1>, Axis::<-1>));
        "exact_sum(y2323, (0, 2, 3), True)", "exact_sum(abs(y2323), (0, 2, 3), True)":
            y.sum_axis((Axis::<0>, Axis::<2>, Axis::<3>)).keepdims();
    }
}

#[test]
fn named_axes() {
    let numpy = numpy();
    let x: Tensor<f32, shape![Batch, Row, Column]> = numpy.get("x234");
    numpy.near(SUM, "exact_sum(x234, 0)", "exact_sum(abs(x234), 0)", x.sum_axis(Batch));
    numpy.near(SUM, "exact_sum(x234, 1)", "exact_sum(abs(x234), 1)", x.sum_axis(Row));
    numpy.near(
        SUM,
        "exact_sum(x234, (0, 2))",
        "exact_sum(abs(x234), (0, 2))",
        x.sum_axis((Column, Batch)),
    );
    numpy.near(
        SUM,
        "exact_sum(x234, (0, 1), True)",
        "exact_sum(abs(x234), (0, 1), True)",
        x.sum_axis((Batch, Axis::<1>)).keepdims(),
    );
    numpy.gives("x234.min(axis=1)", x.min_axis(Row));
    numpy.gives("x234.max(axis=2, keepdims=True)", x.max_axis(Column).keepdims());
    numpy.near(MEAN, "exact_mean(x234, 1)", "exact_mean(abs(x234), 1)", x.mean_axis(Row));
    numpy.near(VARIANCE, "exact_var(x234, 2)", "exact_var(x234, 2)", x.var_axis(Column));
    numpy.near(
        VARIANCE,
        "exact_std(x234, 2, ddof=1)",
        "exact_std(x234, 2)",
        x.std_axis(Column).ddof(1),
    );
    let kept: Tensor<f32, shape![Batch, 1, Column]> = x.sum_axis(Row).keepdims().to_tensor();
    assert_eq!(kept.squeeze(Axis::<1>).to_tensor(), x.sum_axis(Row).to_tensor());
}

#[test]
fn means() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.near(MEAN, "exact_mean(x34)", "exact_mean(abs(x34))", &Tensor::<_, ()>::full(x.mean()));
    numpy.near(MEAN, "exact_mean(x34, 0)", "exact_mean(abs(x34), 0)", x.mean_axis(Axis::<0>));
    numpy.near(MEAN, "exact_mean(x34, 1)", "exact_mean(abs(x34), 1)", x.mean_axis(Axis::<1>));
    numpy.near(
        MEAN,
        "exact_mean(x34, 1, True)",
        "exact_mean(abs(x34), 1, True)",
        x.mean_axis(Axis::<1>).keepdims(),
    );
    let d: Tensor<f64, shape![3, 4]> = numpy.get("d34");
    numpy.near(MEAN, "exact_mean(d34, 1)", "exact_mean(abs(d34), 1)", d.mean_axis(Axis::<1>));
}

#[test]
fn variances_and_deviations() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    macro_rules! statistics {
        ($($exact:literal: $statistic:expr;)*) => {$(numpy.near(VARIANCE, $exact, $exact, $statistic);)*};
    }
    statistics! {
        "exact_var(x34)": &Tensor::<_, ()>::full(x.var());
        "exact_var(x34, 0)": x.var_axis(Axis::<0>);
        "exact_var(x34, 1)": x.var_axis(Axis::<1>);
        "exact_var(x34, 1, True)": x.var_axis(Axis::<1>).keepdims();
        "exact_var(x34, 0, ddof=1)": x.var_axis(Axis::<0>).ddof(1);
        "exact_var(x34, 1, True, ddof=2)": x.var_axis(Axis::<1>).keepdims().ddof(2);
        "exact_var(x34, 1, True, ddof=2)": x.var_axis(Axis::<1>).ddof(2).keepdims();
        "exact_var(x34, ddof=1)": x.var_axis((Axis::<0>, Axis::<1>)).ddof(1);
        "exact_std(x34)": &Tensor::<_, ()>::full(x.std());
        "exact_std(x34, 0)": x.std_axis(Axis::<0>);
        "exact_std(x34, 1)": x.std_axis(Axis::<1>);
        "exact_std(x34, 0, True)": x.std_axis(Axis::<0>).keepdims();
        "exact_std(x34, 1, ddof=1)": x.std_axis(Axis::<1>).ddof(1);
        "exact_std(x34, 0, True, ddof=1)": x.std_axis(Axis::<0>).ddof(1).keepdims();
    }
    let d: Tensor<f64, shape![3, 4]> = numpy.get("d34");
    statistics! {
        "exact_var(d34)": &Tensor::<_, ()>::full(d.var());
        "exact_var(d34, 0)": d.var_axis(Axis::<0>);
        "exact_std(d34, 1, ddof=1)": d.std_axis(Axis::<1>).ddof(1);
    }
    // The divisor n - ddof is 0 or less.
    assert!(x.var_axis(Axis::<1>).ddof(4).to_tensor().as_slice().iter().all(|x| x.is_nan()));
    assert!(x.std_axis(Axis::<0>).ddof(9).to_tensor().as_slice().iter().all(|x| x.is_nan()));
    // The variance is that of deviations from a number near the mean, so a mean of 10,000 costs no
    // digits.
    let far: Tensor<f32, shape![3, 4]> = numpy.get("float32(10000) + x34");
    numpy.near(
        64.0,
        "exact_var(float32(10000) + x34, 1)",
        "exact_var(x34, 1)",
        far.var_axis(Axis::<1>),
    );
}

#[test]
fn minima_and_maxima() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    numpy.number("x234.min()", x.min());
    numpy.number("x234.max()", x.max());
    numpy.gives("x234.min(axis=0)", x.min_axis(Axis::<0>));
    numpy.gives("x234.min(axis=1)", x.min_axis(Axis::<1>));
    numpy.gives("x234.min(axis=2)", x.min_axis(Axis::<2>));
    numpy.gives("x234.max(axis=(0, 2))", x.max_axis((Axis::<0>, Axis::<2>)));
    numpy.gives(
        "x234.max(axis=(1, 2), keepdims=True)",
        x.max_axis((Axis::<1>, Axis::<2>)).keepdims(),
    );
    numpy.gives("x234.max(axis=2, keepdims=True)", x.max_axis(Axis::<-1>).keepdims());
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.number("i34.min()", i.min());
    numpy.gives("i34.min(axis=0)", i.min_axis(Axis::<0>));
    numpy.gives("i34.max(axis=1, keepdims=True)", i.max_axis(Axis::<1>).keepdims());
    let u: Tensor<u8, shape![3, 4]> = numpy.get("u34");
    numpy.gives("u34.max(axis=0)", u.max_axis(Axis::<0>));
    numpy.gives("u34.min(axis=1)", u.min_axis(Axis::<1>));
    // NaN propagates, and infinities are values.
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.number("odd(float32).min()", odd.min());
    numpy.number("odd(float32).max()", odd.max());
    let rest = odd.slice(Axis::<0>, Span::<1, 16>);
    numpy.number("odd(float32)[1:].min()", rest.min());
    numpy.number("odd(float32)[1:].max()", rest.max());
    let rows = odd.expand_dims(Axis::<1>).stretch() + &odd;
    numpy.gives("(odd(float32)[:, None] + odd(float32)).max(axis=1)", rows.max_axis(Axis::<1>));
    numpy.gives("(odd(float32)[:, None] + odd(float32)).min(axis=0)", rows.min_axis(Axis::<0>));
}

/// NaN and infinities propagate through sums, means and variances as in NumPy's.
#[test]
fn corners() {
    let numpy = numpy();
    let x: Tensor<f32, shape![4, 3]> =
        numpy.get("array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32)");
    numpy.gives(
        "array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32).sum(axis=1)",
        x.sum_axis(Axis::<1>),
    );
    numpy.gives(
        "array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32).sum(axis=0)",
        x.sum_axis(Axis::<0>),
    );
    numpy.gives(
        "array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32).mean(axis=1)",
        x.mean_axis(Axis::<1>),
    );
    numpy.gives(
        "array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32).var(axis=1)",
        x.var_axis(Axis::<1>),
    );
    numpy.gives(
        "array([[1, inf, 2], [-inf, inf, 0], [nan, 1, 1], [1, 1, 1]], float32).std(axis=1)",
        x.std_axis(Axis::<1>),
    );
}

/// A sum of negative zeros is +0.0, as in NumPy, and so is a sum of no elements.
#[test]
fn sums_of_negative_zeros() {
    let zeros = array![-0.0f32; 2, 3];
    assert!(zeros.sum().is_sign_positive());
    assert!(zeros.sum_axis(Axis::<0>).to_array().as_slice().iter().all(|x| x.is_sign_positive()));
    assert!(zeros.sum_axis(Axis::<1>).to_array().as_slice().iter().all(|x| x.is_sign_positive()));
    assert!(Tensor::<f32, shape![0]>::zeros().sum().is_sign_positive());
    assert!(Tensor::<f32, shape![1000]>::full(-0.0).mean().is_sign_positive());
}

#[test]
fn integers() {
    let numpy = numpy();
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.number("i34.sum(dtype=int32)", i.sum());
    numpy.gives("i34.sum(axis=0, dtype=int32)", i.sum_axis(Axis::<0>));
    numpy.gives("i34.sum(axis=1, dtype=int32)", i.sum_axis(Axis::<1>));
    let u: Tensor<u8, shape![3, 4]> = numpy.get("u34");
    numpy.number("u34.sum(dtype=uint8)", u.sum());
    numpy.gives("u34.sum(axis=0, keepdims=True, dtype=uint8)", u.sum_axis(Axis::<0>).keepdims());
    numpy.gives(
        "p34.sum(axis=1, dtype=int32)",
        numpy.get::<bool, shape![3, 4]>("p34").map(i32::from).sum_axis(Axis::<1>),
    );
}

/// Over an axis of length 0 a sum is 0, and a mean and a variance are NaN; over other axes there
/// are no results.
#[test]
fn empty_axes() {
    let numpy = numpy();
    let x = Tensor::<f32, shape![0, 3]>::zeros();
    numpy.number("zeros((0, 3), float32).sum()", x.sum());
    numpy.number("zeros((0, 3), float32).mean()", x.mean());
    numpy.number("zeros((0, 3), float32).var()", x.var());
    numpy.number("zeros((0, 3), float32).std()", x.std());
    numpy.gives("zeros((0, 3), float32).sum(axis=0)", x.sum_axis(Axis::<0>));
    numpy.gives("zeros((0, 3), float32).sum(axis=1)", x.sum_axis(Axis::<1>));
    numpy.gives(
        "zeros((0, 3), float32).sum(axis=0, keepdims=True)",
        x.sum_axis(Axis::<0>).keepdims(),
    );
    numpy.gives("zeros((0, 3), float32).mean(axis=0)", x.mean_axis(Axis::<0>));
    numpy.gives("zeros((0, 3), float32).mean(axis=1)", x.mean_axis(Axis::<1>));
    numpy.gives("zeros((0, 3), float32).var(axis=0)", x.var_axis(Axis::<0>));
    numpy.gives("zeros((0, 3), float32).std(axis=0)", x.std_axis(Axis::<0>));
    numpy.gives("zeros((0, 3), float32).max(axis=1)", x.max_axis(Axis::<1>));
    let y = Tensor::<f32, shape![2, 0]>::zeros();
    numpy.gives("zeros((2, 0), float32).sum(axis=0)", y.sum_axis(Axis::<0>));
    numpy.gives("zeros((2, 0), float32).sum(axis=1)", y.sum_axis(Axis::<1>));
    numpy.gives("zeros((2, 0), float32).mean(axis=1)", y.mean_axis(Axis::<1>));
    numpy.gives(
        "zeros((2, 0), float32).var(axis=1, keepdims=True)",
        y.var_axis(Axis::<1>).keepdims(),
    );
    numpy.gives("zeros((2, 0), float32).min(axis=0)", y.min_axis(Axis::<0>));
    let z = Tensor::<f32, shape![2, 0, 3]>::zeros();
    numpy.gives("zeros((2, 0, 3), float32).sum(axis=1)", z.sum_axis(Axis::<1>));
    numpy.gives("zeros((2, 0, 3), float32).sum(axis=(0, 1))", z.sum_axis((Axis::<0>, Axis::<1>)));
    numpy.gives("zeros((2, 0, 3), float32).mean(axis=(1, 2))", z.mean_axis((Axis::<1>, Axis::<2>)));
    numpy.gives("zeros((2, 0, 3), float32).sum(axis=0)", z.sum_axis(Axis::<0>));
    numpy.number("zeros((0,), int32).sum(dtype=int32)", Tensor::<i32, shape![0]>::zeros().sum());
}

#[test]
fn rank_0() {
    let numpy = numpy();
    let x: Tensor<f32, ()> = numpy.get("x");
    numpy.number("x.sum()", x.sum());
    numpy.number("x.mean()", x.mean());
    numpy.number("x.var()", x.var());
    numpy.number("x.std()", x.std());
    numpy.number("x.min()", x.min());
    numpy.number("x.max()", x.max());
}

/// Regions that fill blocks of the summation, and columns that fill tiles, with remainders.
#[test]
fn larger_shapes() {
    let numpy = numpy();
    let x = scattered::<shape![70, 33]>();
    numpy.near(
        SUM,
        "exact_sum(scattered(70, 33))",
        "exact_sum(scattered(70, 33))",
        &Tensor::<_, ()>::full(x.sum()),
    );
    numpy.near(
        SUM,
        "exact_sum(scattered(70, 33), 0)",
        "exact_sum(scattered(70, 33), 0)",
        x.sum_axis(Axis::<0>),
    );
    numpy.near(
        SUM,
        "exact_sum(scattered(70, 33), 1)",
        "exact_sum(scattered(70, 33), 1)",
        x.sum_axis(Axis::<1>),
    );
    numpy.near(
        MEAN,
        "exact_mean(scattered(70, 33), 0)",
        "exact_mean(scattered(70, 33), 0)",
        x.mean_axis(Axis::<0>),
    );
    numpy.near(
        VARIANCE,
        "exact_var(scattered(70, 33), 1)",
        "exact_var(scattered(70, 33), 1)",
        x.var_axis(Axis::<1>),
    );
    numpy.near(
        VARIANCE,
        "exact_std(scattered(70, 33), 0, ddof=1)",
        "exact_std(scattered(70, 33), 0)",
        x.std_axis(Axis::<0>).ddof(1),
    );
    let y = scattered::<shape![3, 5, 130]>();
    numpy.near(
        SUM,
        "exact_sum(scattered(3, 5, 130), 1)",
        "exact_sum(scattered(3, 5, 130), 1)",
        y.sum_axis(Axis::<1>),
    );
    numpy.near(
        SUM,
        "exact_sum(scattered(3, 5, 130), (0, 1))",
        "exact_sum(scattered(3, 5, 130), (0, 1))",
        y.sum_axis((Axis::<0>, Axis::<1>)),
    );
    numpy.near(
        SUM,
        "exact_sum(scattered(3, 5, 130), (1, 2))",
        "exact_sum(scattered(3, 5, 130), (1, 2))",
        y.sum_axis((Axis::<1>, Axis::<2>)),
    );
    numpy.gives("scattered(70, 33).max(axis=0)", x.max_axis(Axis::<0>));
    numpy.gives("scattered(70, 33).min(axis=1)", x.min_axis(Axis::<1>));
}

/// The numbers of `sums`, in ULP of the sum itself: sums of numbers of one sign lose at most a few.
#[test]
fn sums_of_one_sign_in_ulp() {
    fn exact<T: Numeric + Ulps + Into<f64>>(x: &[T]) -> f64 {
        x.iter().map(|&x| x.into()).sum()
    }
    let x = scattered::<shape![100, 100]>();
    // In f64, 10,000 numbers of 24 bits are added without rounding.
    assert!(x.sum().ulps(exact(x.as_slice()) as f32) <= 2);
    let columns = x.sum_axis(Axis::<0>).to_tensor();
    for j in 0..100 {
        let column: Vec<f32> = (0..100).map(|i| x[[i, j]]).collect();
        assert!(columns[[j]].ulps(exact(&column) as f32) <= 3);
    }
    assert_eq!(tensor![0.5f32; 1000].sum(), 500.0);
}
