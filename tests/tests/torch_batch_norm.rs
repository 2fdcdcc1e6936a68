//! Batch normalisation, compared with PyTorch's.
//!
//! An element is `(x - mean) * scale + beta`: the product is within 4 ULP of its own, and the sum
//! within half an ULP more. PyTorch's own `f32` results are not compared: it folds the mean into
//! the shift, which cancels far from 0. So does its `f64`, where the bound is wider.

use shapewright::nn::{BatchNorm, BatchNormConfig, ChannelMoments, Layer};
use shapewright::{Dim, Foreign, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real, near};
use shapewright_tests::layouts::layouts;

dim!(Batch);

/// The parameters and the statistics of a case: gamma, beta, mean and variance.
fn parameters<T: Real, const C: usize>(case: &Case<'_>) -> [Tensor<T, (Dim<C>,)>; 4] {
    let or = |part, value: f64| {
        if case.has::<T>(part) { case.get(part) } else { Tensor::full(T::of_f64(value)) }
    };
    [or("weight", 1.0), or("bias", 0.0), or("running_mean", 0.0), or("running_var", 1.0)]
}

/// The maximum error of each element, normalised by these parameters and statistics. Statistics of
/// the data have errors themselves: the mean 1 ULP of the larger of its magnitude and the standard
/// deviation, and the variance 4 ULP.
fn bounds<T: Real, const C: usize>(
    case: &Case<'_>,
    parameters: [&Tensor<T, (Dim<C>,)>; 4],
    of_data: bool,
) -> Vec<f64> {
    let [gamma, beta, mean, var] =
        parameters.map(|of| of.iter().map(|&x| x.into()).collect::<Vec<f64>>());
    let (eps, (lengths, x)) = (case.number("eps"), case.flat::<T>("x"));
    let (channels, behind) = (lengths[1], lengths[2..].iter().product::<usize>());
    let bound = |(k, x): (usize, f64)| {
        let c = k / behind % channels;
        let scale = gamma[c] / (var[c] + eps).sqrt();
        let (product, folded) = ((x - mean[c]) * scale, (x.abs() + mean[c].abs()) * scale.abs());
        let ours = T::EPSILON * (4.0 * product.abs() + 0.5 * (product + beta[c]).abs());
        // PyTorch's results in f64 may have cancelled.
        let statistics = mean[c].abs().max(var[c].sqrt()) * scale.abs() + 2.0 * product.abs();
        let theirs =
            if T::NAME == "f64" { T::EPSILON * 4.0 * (folded + beta[c].abs()) } else { 0.0 };
        ours + theirs + if of_data { T::EPSILON * statistics } else { 0.0 }
    };
    x.into_iter().enumerate().map(bound).collect()
}

/// Checks the normalisation by given statistics, in every form.
macro_rules! given {
    ($case:ident $t:ident ($($n:literal),*) $c:literal $any:ty) => {
        let [gamma, beta, mean, var] = parameters::<$t, $c>($case);
        let bounds = &bounds($case, [&gamma, &beta, &mean, &var], false);
        let eps = $t::of_f64($case.number("eps"));
        let laid = [layouts(&gamma), layouts(&beta), layouts(&mean), layouts(&var)];
        let layer: BatchNorm<Dim<$c>, $t> = BatchNorm::new(gamma, beta, mean, var, eps);
        let x: Tensor<$t, shape![$($n),*]> = $case.get("x");
        // One channel that is written as a literal stretches, and is refused, so it is renamed.
        let x = x.rename::<fixed!($c $($n),*)>();
        let y = layer.forward(&x).to_tensor();
        $case.gives(&y, bounds, "of a tensor");
        $case.gives(layer.forward(&x * $t::ONE), bounds, "of an expression");
        $case.gives(&Layer::forward(&layer, x.clone()), bounds, "as a layer");
        let mut out = Tensor::full_of(y.shape(), $t::NAN);
        out.assign(layer.forward(&x));
        assert_eq!(out, y, "{}, into a tensor", $case.name());
        assert_eq!((layer.forward(&x) / $t::of_f64(2.0)).to_tensor(), (&y / $t::of_f64(2.0)).to_tensor());
        let any: Tensor<$t, $any> = $case.get("x");
        $case.gives(layer.forward(&any), bounds, "of lengths of run time");
        $case.gives(&Layer::forward(&layer, any.clone()), bounds, "of lengths of run time, as a layer");
        for (way, scattered) in layouts(&x) {
            assert_eq!(layer.forward(&scattered.view(x.shape())).to_tensor(), y, "{}, {way}", $case.name());
            $case.gives(layer.forward(&scattered.view(any.shape())), bounds, way);
        }
        for k in 0..laid[0].len() {
            let [gamma, beta, mean, var] = [0, 1, 2, 3].map(|p| laid[p][k].1.view((Dim::<$c>,)));
            let layer: BatchNorm<Dim<$c>, $t, Foreign<'_>> = BatchNorm::new(gamma, beta, mean, var, eps);
            assert_eq!(layer.forward(&x).to_tensor(), y, "{}, {}", $case.name(), laid[0][k].0);
        }
    };
}
/// A shape of static lengths, whose channels do not stretch.
macro_rules! fixed {
    ($c:literal $n:literal, $channels:literal $(, $rest:literal)*) => {
        shape![$n, { $c } $(, $rest)*]
    };
}

/// Checks the normalisation by the statistics of the data, and the update of the running
/// statistics.
macro_rules! trained {
    ($case:ident $t:ident ($($n:literal),*) $c:literal $any:ty) => {
        let [gamma, beta, mean, var] = parameters::<$t, $c>($case);
        let eps = $t::of_f64($case.number("eps"));
        let x: Tensor<$t, shape![$($n),*]> = $case.get("x");
        let own = BatchNorm::of(&x, eps);
        let layer = BatchNorm::new(gamma.clone(), beta.clone(), own.mean().clone(), own.var().clone(), eps);
        let bounds = &bounds($case, [&gamma, &beta, own.mean(), own.var()], true);
        $case.gives(layer.forward(&x), bounds, "by the statistics of the data");
        let (seen, before) = (ChannelMoments::of(&x), [mean.clone(), var.clone()]);
        let kept = BatchNorm::new(gamma, beta, mean, var, eps);
        let config = BatchNormConfig::pytorch().momentum($case.number("momentum"));
        let kept = kept.updated(&seen, config);
        after($case, "running_mean_after", kept.mean(), [&before[0], &seen.mean()]);
        after($case, "running_var_after", kept.var(), [&before[1], &seen.var(1)]);
    };
}

/// Fails if a statistic differs from PyTorch's by more than 8 epsilons of the two numbers it is
/// computed from.
fn after<T: Real, const C: usize>(
    case: &Case<'_>,
    part: &str,
    found: &Tensor<T, (Dim<C>,)>,
    [kept, seen]: [&Tensor<T, (Dim<C>,)>; 2],
) {
    let sizes = (kept.abs() + seen.abs()).to_tensor();
    let bounds: Vec<f64> = sizes.iter().map(|&size| 8.0 * T::EPSILON * size.into()).collect();
    near(found.as_slice(), &case.flat::<T>(part).1, &bounds, &format!("{part} of {}", case.name()));
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($($case:literal $how:ident: ($($n:literal),*) over $c:literal, $any:ty;)*) => {
        /// Every case, in both types.
        const CASES: &[Listed] = &[$({
            fn of<T: Real>(case: &Case<'_>) {
                $how! { case T ($($n),*) $c $any }
            }
            ($case, of::<f32>, of::<f64>)
        }),*];
    };
}
cases! {
    "nc_eps1e-5" given: (5, 3) over 3, shape![?Batch, {3}];
    "nc_eps1e-3_no_affine" given: (5, 3) over 3, shape![?Batch, {3}];
    "ncl_eps1e-5" given: (3, 3, 5) over 3, shape![?Batch, {3}, ?];
    "ncl_eps1e-3_no_affine" given: (3, 3, 5) over 3, shape![?Batch, {3}, ?];
    "nchw_eps1e-5" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "nchw_eps1e-3_no_affine" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "ncdhw_eps1e-5" given: (2, 3, 2, 3, 4) over 3, shape![?Batch, {3}, ?, ?, ?];
    "ncdhw_eps1e-3_no_affine" given: (2, 3, 2, 3, 4) over 3, shape![?Batch, {3}, ?, ?, ?];
    "nc_n1_eps1e-5" given: (1, 4) over 4, shape![?Batch, {4}];
    "nc_n1_eps1e-3_no_affine" given: (1, 4) over 4, shape![?Batch, {4}];
    "nchw_c1_eps1e-5" given: (2, 1, 3, 2) over 1, shape![?Batch, {1}, ?, ?];
    "nchw_c1_eps1e-3_no_affine" given: (2, 1, 3, 2) over 1, shape![?Batch, {1}, ?, ?];
    "nchw_eps1e-3" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "nchw_eps1e-5_no_affine" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "nc_far_eps1e-5" given: (5, 3) over 3, shape![?Batch, {3}];
    "nchw_far_eps1e-5" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "nchw_far_eps1e-3" given: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
    "nc_training" trained: (5, 3) over 3, shape![?Batch, {3}];
    "nchw_training" trained: (2, 3, 4, 5) over 3, shape![?Batch, {3}, ?, ?];
}

#[test]
fn every_case_is_there() {
    Goldens::read("batch_norm").are_all("batch_norm", CASES.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("batch_norm").hold("batch_norm", CASES);
}
