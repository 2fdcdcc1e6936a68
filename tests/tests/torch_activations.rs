//! Activations and softmax, compared with PyTorch's.
//!
//! The error of a function in ULP is within the bound of `accuracy.md`. An element of softmax is
//! off by the ULP of its exponential, and by half an epsilon times the argument of the exponential.
//! Each term of the sum has the same error, and the sum itself an error of up to 6 epsilons. For
//! the logarithm these errors are relative to 1, not to the result.

use shapewright::nn::{Gelu, Layer, Relu, Sigmoid, Softmax, Tanh};
use shapewright::{IntoExpr, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real, near};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::least_positive;

dim!(Batch);

/// The size of `ulps` units in the last place of `x`.
fn units<T: Real>(ulps: f64, x: f64) -> f64 {
    // The power of two of the first binary digit.
    let size = f64::from_bits(x.abs().to_bits() & !((1 << 52) - 1));
    if x.is_finite() { ulps * (size * T::EPSILON).max(least_positive::<T>()) } else { 0.0 }
}

/// The maximum error of each element of an activation, for bounds in ULP in `f32` and in `f64`.
fn bounds<T: Real>(case: &Case<'_>, [of_f32, of_f64]: [f64; 2]) -> Vec<f64> {
    let (_, x) = case.flat::<T>("x");
    let bound = |(y, x): (f64, f64)| {
        if T::NAME == "f32" {
            return units::<T>(of_f32, y);
        }
        // PyTorch's results in f64 are off by 2 ULP. Its GELU, computed from 1 + erf, is also off
        // by an epsilon of x.
        let cancelled =
            if case.name().starts_with("gelu") { T::EPSILON * x.abs().min(1e300) } else { 0.0 };
        units::<T>(of_f64 + 2.0, y) + cancelled
    };
    case.output::<T>().1.into_iter().zip(x).map(bound).collect()
}

/// As [`Case::gives`], except that GELU of minus infinity is 0, its limit, where PyTorch's is NaN.
#[track_caller]
fn gives<T: Real, X: IntoExpr<Elem = T>>(case: &Case<'_>, found: X, bounds: &[f64], way: &str) {
    if case.name() != "gelu.special" {
        return case.gives(found, bounds, way);
    }
    let (found, (_, expected)) = (found.to_tensor(), case.output::<T>());
    near(&found.as_slice()[..2], &expected[..2], &bounds[..2], case.name());
    assert!(expected[2].is_nan() && found.as_slice()[2] == T::ZERO, "{}, {way}", case.name());
}

/// Defines the cases of each activation, which use three lists of numbers.
macro_rules! activations {
    ($($layer:ident $method:ident $list:ident $of_f32:literal $of_f64:literal;)*) => {$(
        activations! { @cases $layer $method $list [$of_f32, $of_f64]: values 37; extremes 32; special 3; }
    )*};
    (@cases $layer:ident $method:ident $list:ident $ulps:tt: $($case:ident $n:literal;)*) => {
        /// Every case, in both types.
        const $list: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let bounds = &bounds::<T>(case, $ulps);
                let x: Tensor<T, shape![$n]> = case.get("x");
                let any: Tensor<T, shape![?Batch]> = case.get("x");
                gives(case, x.$method(), bounds, "of a tensor");
                gives(case, any.$method(), bounds, "of lengths of run time");
                gives(case, &Layer::forward(&$layer, x.clone()), bounds, "as a layer");
                gives(case, &Layer::forward(&$layer, any), bounds, "of lengths of run time, as a layer");
                for (way, scattered) in layouts(&x) {
                    gives(case, scattered.view(x.shape()).$method(), bounds, way);
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
activations! {
    Relu relu RELU 0.0 0.0;
    Gelu gelu GELU 1.0 4.0;
    Tanh tanh TANH 1.25 2.0;
    Sigmoid sigmoid SIGMOID 2.5 2.5;
}

/// SiLU is computed as `x * x.sigmoid()`: half an ULP more than the sigmoid, one ULP of which may
/// be the smallest positive number.
fn silu<T: Real>(case: &Case<'_>) {
    let x: Tensor<T, shape![?Batch]> = case.get("x");
    let least = |x: &T| 2.5 * least_positive::<T>() * Into::<f64>::into(*x).abs();
    let bounds: Vec<_> =
        bounds::<T>(case, [3.0, 3.0]).iter().zip(&x).map(|(bound, x)| bound + least(x)).collect();
    case.gives(&x * x.sigmoid(), &bounds, "as an expression");
}
const SILU: &[Listed] = &[
    ("values", silu::<f32>, silu::<f64>),
    ("extremes", silu::<f32>, silu::<f64>),
    ("special", silu::<f32>, silu::<f64>),
];

/// Softmax along an axis of a case: the maximum error of each element, and of each element of its
/// logarithm.
fn soft<T: Real>(case: &Case<'_>) -> [Vec<f64>; 2] {
    let (lengths, x) = case.flat::<T>("x");
    let axis =
        if case.number("axis") < 0.0 { lengths.len() - 1 } else { case.number("axis") as usize };
    let (len, behind) = (lengths[axis], lengths[axis + 1..].iter().product::<usize>());
    let [mut shares, mut logarithms] = [vec![0.0; x.len()], vec![0.0; x.len()]];
    for first in (0..x.len()).filter(|k| k / behind % len == 0) {
        let lane: Vec<_> = (0..len).map(|k| first + k * behind).collect();
        let greatest = lane.iter().map(|&k| x[k]).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = lane.iter().map(|&k| (x[k] - greatest).exp()).sum();
        // An element at infinite distance becomes 0, exactly.
        let far = |k: usize| if x[k] == f64::NEG_INFINITY { 0.0 } else { (x[k] - greatest).abs() };
        let share = |k: usize| (x[k] - greatest).exp() / sum;
        let summed: f64 = lane.iter().map(|&k| share(k) * (far(k) / 2.0 + 1.0)).sum::<f64>() + 6.0;
        for &k in &lane {
            shares[k] =
                T::EPSILON * share(k) * (far(k) / 2.0 + summed + 2.5) + least_positive::<T>();
            let logarithm = far(k) / 2.0 + summed + sum.ln() + (far(k) + sum.ln()) / 2.0;
            logarithms[k] = T::EPSILON * logarithm + least_positive::<T>();
        }
    }
    [case.both::<T>(shares), case.both::<T>(logarithms)]
}

/// Defines the cases of softmax and of its logarithm, which use the same numbers.
macro_rules! softmax {
    ($($case:ident: ($($n:literal),*) along $axis:literal, $any:ty;)*) => {
        /// Every case, in both types.
        const SOFTMAX: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let [bounds, _] = &soft::<T>(case);
                let x: Tensor<T, shape![$($n),*]> = case.get("x");
                let any: Tensor<T, $any> = case.get("x");
                let y = x.softmax(Axis::<$axis>).to_tensor();
                case.gives(&y, bounds, "of a tensor");
                case.gives((&x * T::ONE).softmax(Axis::<$axis>), bounds, "of an expression");
                case.gives(any.softmax(Axis::<$axis>), bounds, "of lengths of run time");
                let mut out = Tensor::full_of(y.shape(), T::NAN);
                out.assign(x.softmax(Axis::<$axis>));
                case.gives(&out, bounds, "into a tensor");
                for (way, scattered) in layouts(&x) {
                    case.gives(scattered.view(x.shape()).softmax(Axis::<$axis>), bounds, way);
                    case.gives(scattered.view(any.shape()).softmax(Axis::<$axis>), bounds, way);
                }
                if $axis == -1 {
                    case.gives(&Layer::forward(&Softmax, x), bounds, "as a layer");
                    case.gives(&Layer::forward(&Softmax, any), bounds, "of lengths of run time, as a layer");
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
        /// Every case, in both types.
        const LOG_SOFTMAX: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let [_, bounds] = &soft::<T>(case);
                let x: Tensor<T, shape![$($n),*]> = case.get("x");
                let any: Tensor<T, $any> = case.get("x");
                case.gives(x.log_softmax(Axis::<$axis>), bounds, "of a tensor");
                case.gives((&x * T::ONE).log_softmax(Axis::<$axis>), bounds, "of an expression");
                case.gives(any.log_softmax(Axis::<$axis>), bounds, "of lengths of run time");
                for (way, scattered) in layouts(&x) {
                    case.gives(scattered.view(x.shape()).log_softmax(Axis::<$axis>), bounds, way);
                    case.gives(scattered.view(any.shape()).log_softmax(Axis::<$axis>), bounds, way);
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
softmax! {
    n4_c7: (4, 7) along -1, shape![?Batch, ?];
    n3_c1: (3, 1) along -1, shape![?Batch, ?];
    c67: (67) along -1, shape![?Batch];
    axis1: (2, 5, 3) along 1, shape![?Batch, ?, ?];
    minus_infinity: (2, 4) along -1, shape![?Batch, ?];
    nothing_left: (2, 4) along -1, shape![?Batch, ?];
    nan_and_infinity: (3, 4) along -1, shape![?Batch, ?];
    large: (3, 4) along -1, shape![?Batch, ?];
}

/// The layers of the file, and their tests.
const LAYERS: [(&str, &[Listed]); 7] = [
    ("relu", RELU),
    ("gelu", GELU),
    ("silu", SILU),
    ("tanh", TANH),
    ("sigmoid", SIGMOID),
    ("softmax", SOFTMAX),
    ("log_softmax", LOG_SOFTMAX),
];

#[test]
fn every_case_is_there() {
    let goldens = Goldens::read("activations");
    for (layer, cases) in LAYERS {
        goldens.are_all(layer, cases.iter().map(|(name, ..)| *name));
    }
    assert!(
        goldens
            .layers()
            .iter()
            .eq(LAYERS.map(|(layer, _)| layer).iter().collect::<std::collections::BTreeSet<_>>())
    );
}

#[test]
fn as_pytorch_at_each_level() {
    let goldens = Goldens::read("activations");
    for (layer, cases) in LAYERS {
        goldens.hold(layer, cases);
    }
}
