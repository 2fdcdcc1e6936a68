//! Layer normalisation and root mean square normalisation, compared with PyTorch's.
//!
//! Layer normalisation is `(x - mean) / sqrt(var + eps) * gamma + beta`. The mean is off by an ULP
//! of the larger of its magnitude and the standard deviation. The variance is off by 4 ULP, which
//! its root halves; the reciprocal of that is off by 1.5 ULP more. With the roundings on the way
//! the product is within 5.5 ULP of its own, plus an ULP of the scaled mean, and the sum within
//! half an ULP more. A root mean square is of squares of one sign: the normalised result is within
//! 6.5 ULP.

use shapewright::nn::{Layer, LayerNorm, NoBias, RmsNorm, WithBias};
use shapewright::{Dim, Foreign, Heap, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::least_positive;

dim!(Batch);

/// A parameter of a case, or `value` if the case has none.
fn parameter<T: Real, const N: usize>(
    case: &Case<'_>,
    part: &str,
    value: f64,
) -> Tensor<T, (Dim<N>,)> {
    if case.has::<T>(part) { case.get(part) } else { Tensor::full(T::of_f64(value)) }
}

/// The lanes of a case, and its scale and shift.
fn numbers<T: Real>(case: &Case<'_>) -> (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
    let (lengths, x) = case.flat::<T>("x");
    let n = *lengths.last().expect("an axis");
    let or =
        |part, value| if case.has::<T>(part) { case.flat::<T>(part).1 } else { vec![value; n] };
    (x.chunks(n).map(<[f64]>::to_vec).collect(), or("weight", 1.0), or("bias", 0.0))
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// The maximum error of each element of a layer norm.
fn layer_norm<T: Real>(case: &Case<'_>) -> Vec<f64> {
    let (lanes, gamma, beta) = numbers::<T>(case);
    let mut bounds = Vec::new();
    for lane in lanes {
        let mean_of = mean(&lane);
        let var = mean(&lane.iter().map(|x| (x - mean_of) * (x - mean_of)).collect::<Vec<_>>());
        for (k, x) in lane.iter().enumerate() {
            let scale = gamma[k] / (var + case.number("eps")).sqrt();
            let (product, size) =
                ((x - mean_of) * scale, mean_of.abs().max(var.sqrt()) * scale.abs());
            let ours = size + 5.5 * product.abs() + 0.5 * (product + beta[k]).abs();
            // PyTorch's means and variances in f64 are computed differently, and less accurately.
            let theirs = if T::NAME == "f64" { 15.0 * size + ours } else { 0.0 };
            bounds.push(T::EPSILON * (ours + theirs) + least_positive::<T>());
        }
    }
    bounds
}

/// The maximum error of each element of a root mean square norm.
fn rms_norm<T: Real>(case: &Case<'_>) -> Vec<f64> {
    let bound = |y: &f64| T::EPSILON * 6.5 * y.abs() + least_positive::<T>();
    case.both::<T>(case.output::<T>().1.iter().map(bound).collect())
}

/// A layer with a case's parameters, or with views of them.
macro_rules! layer {
    (LayerNorm WithBias $gamma:expr, $beta:expr, $eps:expr) => {
        LayerNorm::new($gamma, $beta, $eps)
    };
    (LayerNorm NoBias $gamma:expr, $beta:expr, $eps:expr) => {
        LayerNorm::without_bias($gamma, $eps)
    };
    (RmsNorm WithBias $gamma:expr, $beta:expr, $eps:expr) => {
        RmsNorm::new($gamma, $eps)
    };
}
/// The type of a layer.
macro_rules! of {
    (LayerNorm $n:literal $bias:ident $t:ty, $storage:ty) => {
        LayerNorm<Dim<$n>, $bias, $t, $storage>
    };
    (RmsNorm $n:literal $bias:ident $t:ty, $storage:ty) => {
        RmsNorm<Dim<$n>, $t, $storage>
    };
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($list:ident $norm:ident $bounds:ident: $($case:literal $bias:ident: ($($n:literal),*) along $len:literal, $any:ty;)*) => {
        /// Every case, in both types.
        const $list: &[Listed] = &[$({
            fn of<T: Real>(case: &Case<'_>) {
                let (bounds, eps) = (&$bounds::<T>(case), T::of_f64(case.number("eps")));
                let gamma = parameter::<T, $len>(case, "weight", 1.0);
                let _beta = parameter::<T, $len>(case, "bias", 0.0);
                let laid = (layouts(&gamma), layouts(&_beta));
                let layer: of!($norm $len $bias T, Heap) = layer!($norm $bias gamma, _beta, eps);
                let x: Tensor<T, shape![$($n),*]> = case.get("x");
                let y = layer.forward(&x).to_tensor();
                case.gives(&y, bounds, "of a tensor");
                case.gives(layer.forward(&x * T::ONE), bounds, "of an expression");
                case.gives(&Layer::forward(&layer, x.clone()), bounds, "as a layer");
                let mut out = Tensor::full_of(y.shape(), T::NAN);
                out.assign(layer.forward(&x));
                case.gives(&out, bounds, "into a tensor");
                let halved = (layer.forward(&x) / T::of_f64(2.0)).to_tensor();
                assert_eq!(halved, (&y / T::of_f64(2.0)).to_tensor(), "{}, in an expression", case.name());
                let fixed: Tensor<T, shape![$({ $n }),*]> = case.get("x");
                case.gives(layer.forward(&fixed), bounds, "of lengths that do not stretch");
                let any: Tensor<T, $any> = case.get("x");
                case.gives(layer.forward(&any), bounds, "of lengths of run time");
                case.gives(&Layer::forward(&layer, any.clone()), bounds, "of lengths of run time, as a layer");
                for (way, scattered) in layouts(&x) {
                    case.gives(layer.forward(&scattered.view(x.shape())), bounds, way);
                    case.gives(layer.forward(&scattered.view(any.shape())), bounds, way);
                }
                for (gamma, _beta) in laid.0.iter().zip(&laid.1) {
                    let at = (Dim::<$len>,);
                    let layer: of!($norm $len $bias T, Foreign<'_>) =
                        layer!($norm $bias gamma.1.view(at), _beta.1.view(at), eps);
                    case.gives(layer.forward(&x), bounds, gamma.0);
                }
            }
            ($case, of::<f32>, of::<f64>)
        }),*];
    };
}
cases! {
    OF_LAYER_NORM LayerNorm layer_norm:
        "n4_c7_eps1e-5_bias" WithBias: (4, 7) along 7, shape![?Batch, {7}];
        "n4_c7_eps1e-5_no_bias" NoBias: (4, 7) along 7, shape![?Batch, {7}];
        "n4_c7_eps1e-3_no_affine" NoBias: (4, 7) along 7, shape![?Batch, {7}];
        "b2_t3_c5_eps1e-5_bias" WithBias: (2, 3, 5) along 5, shape![?Batch, ?, {5}];
        "c9_eps1e-5_bias" WithBias: (9) along 9, shape![{9}];
        "n3_c1_eps1e-5_bias" WithBias: (3, 1) along 1, shape![?Batch, {1}];
        "n2_c67_eps1e-12_bias" WithBias: (2, 67) along 67, shape![?Batch, {67}];
        "n3_c16_far_eps1e-5_bias" WithBias: (3, 16) along 16, shape![?Batch, {16}];
        "n3_c16_small_eps1e-5_bias" WithBias: (3, 16) along 16, shape![?Batch, {16}];
        "n2_c8_equal_eps1e-5_bias" WithBias: (2, 8) along 8, shape![?Batch, {8}];
}
cases! {
    OF_RMS_NORM RmsNorm rms_norm:
        "n4_c7_eps1e-6" WithBias: (4, 7) along 7, shape![?Batch, {7}];
        "n4_c7_eps1e-5_no_weight" WithBias: (4, 7) along 7, shape![?Batch, {7}];
        "b2_t3_c5_eps1e-5" WithBias: (2, 3, 5) along 5, shape![?Batch, ?, {5}];
        "c9_eps1e-6" WithBias: (9) along 9, shape![{9}];
        "n3_c1_eps1e-6" WithBias: (3, 1) along 1, shape![?Batch, {1}];
        "n2_c67_eps1e-6" WithBias: (2, 67) along 67, shape![?Batch, {67}];
        "n3_c16_small_eps1e-6" WithBias: (3, 16) along 16, shape![?Batch, {16}];
        "n2_c8_zero_eps1e-6" WithBias: (2, 8) along 8, shape![?Batch, {8}];
}

#[test]
fn every_case_is_there() {
    Goldens::read("layer_norm").are_all("layer_norm", OF_LAYER_NORM.iter().map(|(name, ..)| *name));
    Goldens::read("rms_norm").are_all("rms_norm", OF_RMS_NORM.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("layer_norm").hold("layer_norm", OF_LAYER_NORM);
    Goldens::read("rms_norm").hold("rms_norm", OF_RMS_NORM);
}
