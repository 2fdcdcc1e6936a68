//! Batch normalisation, compared with the formula as NumPy computes it in f64.
//!
//! The scale is computed once per channel, which rounds differently from the formula: the bound is
//! in machine epsilons of the magnitudes of the terms. `random_batch_norm.rs` compares with the
//! exact formula.

use shapewright::nn::BatchNorm;
use shapewright::{Array, Tensor, dim, prelude::*, shape};
use shapewright_tests::values::Values;

dim!(Channels = 3);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/batch_norm.txt"))
}

/// The maximum error of a normalised element, in machine epsilons of the sum of the magnitudes of
/// its terms: the scale has four roundings, the shift two more, and each element two.
const BOUND: f64 = 4.0;

fn norm(numpy: &Values) -> BatchNorm<shapewright::Dim<3>> {
    BatchNorm::new(
        numpy.get("x3"),
        numpy.get("y3"),
        numpy.get("z3"),
        numpy.get("square(x3 + y3)"),
        1e-5,
    )
}

#[test]
fn given_statistics() {
    let numpy = numpy();
    let norm = norm(&numpy);
    numpy.near(
        BOUND,
        "batch_norm(x53, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x53, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![5, 3]>("x53")),
    );
    numpy.near(
        BOUND,
        "batch_norm(x534, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x534, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![5, 3, 4]>("x534")),
    );
    numpy.near(
        BOUND,
        "batch_norm(x2345, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x2345, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![2, 3, 4, 5]>("x2345")),
    );
    // A batch of one, and images of one pixel, with either kind of length 1.
    numpy.near(
        BOUND,
        "batch_norm(x13, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x13, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![1, 3]>("x13")),
    );
    numpy.near(
        BOUND,
        "batch_norm(x13, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x13, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![{ 1 }, 3]>("x13")),
    );
    numpy.near(
        BOUND,
        "batch_norm(x2311, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x2311, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&numpy.get::<f32, shape![2, 3, 1, { 1 }]>("x2311")),
    );
}

#[test]
fn parameters() {
    let numpy = numpy();
    let norm = norm(&numpy);
    numpy.gives("x3", norm.gamma());
    numpy.gives("y3", norm.beta());
    numpy.gives("z3", norm.mean());
    numpy.gives("square(x3 + y3)", norm.var());
    assert_eq!(norm.eps(), 1e-5);
}

#[test]
fn statistics_of_data() {
    let numpy = numpy();
    macro_rules! of_data {
        ($($x:literal: [$($shape:tt)*], $mean:literal, $size:literal, $var:literal, $normalised:literal, $normalised_size:literal;)*) => {$(
            let x: Tensor<f32, shape![$($shape)*]> = numpy.get($x);
            let norm = BatchNorm::of(&x, 1e-5);
            numpy.near(10.5, $mean, $size, norm.mean());
            numpy.near(16.0, $var, $var, norm.var());
            // The bounds of the statistics, plus that of the normalisation.
            numpy.near(20.0, $normalised, $normalised_size, norm.forward(&x));
            let inline = BatchNorm::inline_of(&x, 1e-5);
            assert_eq!(inline.forward(&x).to_tensor(), norm.forward(&x).to_tensor());
        )*};
    }
    of_data! {
        "x53": [5, 3], "exact_mean(x53, 0)", "exact_mean(abs(x53), 0)", "exact_var(x53, 0)",
            "normalised(x53)", "normalised_size(x53)";
        "x534": [5, 3, 4], "exact_mean(x534, (0, 2))", "exact_mean(abs(x534), (0, 2))", "exact_var(x534, (0, 2))",
            "normalised(x534)", "normalised_size(x534)";
        "x2345": [2, 3, 4, 5], "exact_mean(x2345, (0, 2, 3))", "exact_mean(abs(x2345), (0, 2, 3))", "exact_var(x2345, (0, 2, 3))",
            "normalised(x2345)", "normalised_size(x2345)";
    }
}

/// The statistics are the reductions over all axes but the channels, bit for bit; gamma is 1 and
/// beta 0.
#[test]
fn statistics_are_reductions() {
    let x: Tensor<f32, shape![2, 3, 4, 5]> = numpy().get("x2345");
    let norm = BatchNorm::of(&x, 0.5);
    let axes = (Axis::<0>, Axis::<2>, Axis::<3>);
    assert_eq!(norm.mean(), &x.mean_axis(axes).to_tensor());
    assert_eq!(norm.var(), &x.var_axis(axes).to_tensor());
    assert_eq!(
        (norm.gamma().to_array(), norm.beta().to_array()),
        (Array::splat(1.0), Array::splat(0.0))
    );
}

/// With one value per channel the variance is 0, and the normalised value is beta, as with ONNX in
/// training mode. PyTorch refuses to train on one value. With no value, and with one value and no
/// eps, the result is NaN.
#[test]
fn one_value_a_channel() {
    let numpy = numpy();
    let x: Tensor<f32, shape![1, 3]> = numpy.get("x13");
    let norm = BatchNorm::of(&x, 1e-5);
    assert_eq!(norm.var().to_array(), Array::splat(0.0));
    numpy.gives("normalised(x13)", norm.forward(&x));
    let inline = BatchNorm::inline_of(&x, 1e-5);
    numpy.gives("normalised(x13)", inline.forward(&x));
    assert!(BatchNorm::of(&x, 0.0).forward(&x).map(|y| y.is_nan()).all());
    let none = Tensor::<f32, shape![0, 3]>::zeros();
    assert!(BatchNorm::of(&none, 1e-5).forward(&x).map(|y| y.is_nan()).all());
}

/// A subtraction, a multiplication and an addition per element, bit for bit. The mean is subtracted
/// first, so only what the data and the mean have in common cancels.
#[test]
fn the_order_of_operations() {
    let numpy = numpy();
    let x: Tensor<f32, shape![5, 3]> = numpy.get("x53");
    let (gamma, beta, mean): (
        Tensor<f32, shape![3]>,
        Tensor<f32, shape![3]>,
        Tensor<f32, shape![3]>,
    ) = (numpy.get("x3"), numpy.get("y3"), numpy.get("z3"));
    let var: Tensor<f32, shape![3]> = numpy.get("square(x3 + y3)");
    let scale = (&gamma / (&var + 1e-5).sqrt()).to_tensor();
    assert_eq!(norm(&numpy).forward(&x).to_tensor(), ((&x - &mean) * &scale + &beta).to_tensor());
}

#[test]
fn named_channels_and_expressions() {
    let numpy = numpy();
    let norm: BatchNorm<Channels> = BatchNorm::new(
        numpy.get("x3"),
        numpy.get("y3"),
        numpy.get("z3"),
        numpy.get("square(x3 + y3)"),
        1e-5,
    );
    let x: Tensor<f32, shape![5, Channels]> = numpy.get("x53");
    numpy.near(
        BOUND,
        "batch_norm(x53, x3, y3, z3, square(x3 + y3), 1e-5)",
        "batch_norm_size(x53, x3, y3, z3, square(x3 + y3), 1e-5)",
        norm.forward(&x),
    );
    // A batch norm is fused with the operations before and after it.
    let fused = norm.forward(&x * 2.0).maximum(0.0).to_tensor();
    let apart = norm.forward(&(&x * 2.0).to_tensor()).to_tensor().maximum(0.0).to_tensor();
    assert_eq!(fused, apart);
    let mut out = Tensor::<f32, shape![5, Channels]>::zeros();
    out.assign(norm.forward(&x));
    assert_eq!(out, norm.forward(&x).to_tensor());
}

#[test]
fn in_f64_and_inline() {
    let numpy = numpy();
    let norm: BatchNorm<shapewright::Dim<3>, f64> = BatchNorm::new(
        numpy.get("d3"),
        numpy.get("e3"),
        numpy.get("zeros(3)"),
        numpy.get("ones(3)"),
        0.0,
    );
    let x: Tensor<f64, shape![2, 3]> = numpy.get("d23");
    numpy.gives("d23 * d3 + e3", norm.forward(&x));
    let inline: BatchNorm<shapewright::Dim<3>, f64, shapewright::Inline> = BatchNorm::new(
        norm.gamma().to_array(),
        norm.beta().to_array(),
        norm.mean().to_array(),
        norm.var().to_array(),
        norm.eps(),
    );
    numpy.gives("d23 * d3 + e3", &inline.forward(&x.to_array()).to_array());
}
