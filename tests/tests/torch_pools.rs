//! Pools of images, by windows and as a whole, compared with PyTorch's.
//!
//! A maximum is exact up to the sign of zero, as PyTorch returns the first of `-0.0` and `0.0`. A
//! mean is within `(taps + 1) * EPSILON` of the mean of magnitudes, where taps are the elements
//! that were added. A mean of a whole image is within 1 ULP of the larger of its magnitude and the
//! standard deviation, as all means are.

use shapewright::nn::{AvgPool2d, GlobalAvgPool2d, GlobalMaxPool2d, Layer, MaxPool2d};
use shapewright::{Dim, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::Sliding;

dim!(Batch);

/// The maximum error of a pool against naive loops.
trait Windowed {
    fn bounds<T: Real>(case: &Case<'_>) -> Vec<f64>;
}
impl<const K: usize, const STRIDE: usize, const PAD: usize> Windowed for MaxPool2d<K, STRIDE, PAD> {
    fn bounds<T: Real>(case: &Case<'_>) -> Vec<f64> {
        vec![0.0; case.output::<T>().1.len()]
    }
}
impl<const K: usize, const STRIDE: usize, const PAD: usize, const COUNT_PAD: bool> Windowed
    for AvgPool2d<K, STRIDE, PAD, COUNT_PAD>
{
    fn bounds<T: Real>(case: &Case<'_>) -> Vec<f64> {
        case.images::<T>("x").means(Sliding::square(K, STRIDE, PAD, 1, 1), COUNT_PAD).bounds::<T>()
    }
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($list:ident: $($case:ident: $n:literal images of $c:literal channels, $h:literal by $w:literal, $pool:ty;)*) => {
        /// Every case, in both types.
        const $list: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let bounds = &case.both::<T>(<$pool>::bounds::<T>(case));
                let layer = <$pool>::default();
                let x: Tensor<T, shape![$n, $c, $h, $w]> = case.get("x");
                let y = layer.forward(&x).to_tensor();
                case.gives(&y, bounds, "of a tensor");
                case.gives(layer.forward(&x * T::ONE), bounds, "of an expression");
                case.gives(&Layer::forward(&layer, x.clone()), bounds, "as a layer");
                let mut out = Tensor::full_of(y.shape(), T::NAN);
                out.assign(layer.forward(&x));
                case.gives(&out, bounds, "into a tensor");

                let fixed: Tensor<T, shape![{ $n }, { $c }, { $h }, { $w }]> = case.get("x");
                case.gives(layer.forward(&fixed), bounds, "of lengths that do not stretch");
                let batch: Tensor<T, shape![?Batch, $c, $h, $w]> = case.get("x");
                case.gives(layer.forward(&batch), bounds, "of a batch of run time");
                let any: Tensor<T, shape![?, ?, ?, ?]> = case.get("x");
                case.gives(layer.forward(&any), bounds, "of images of run time");
                case.gives(&Layer::forward(&layer, any.clone()), bounds, "of images of run time, as a layer");
                for (way, scattered) in layouts(&x) {
                    case.gives(layer.forward(&scattered.view(x.shape())), bounds, way);
                    case.gives(layer.forward(&scattered.view(any.shape())), bounds, way);
                }
                let (n, c, h, w) = layer.forward(&any).to_tensor().shape();
                let mut apart = Tensor::full_of((n, c, h, w, Dim::<2>), T::NAN);
                apart.index_axis_mut(Axis::<4>, 1).assign(layer.forward(&any));
                case.gives(&apart.index_axis(Axis::<4>, 1), bounds, "into columns with gaps");
                assert!(apart.index_axis(Axis::<4>, 0).iter().all(|x| x.same(T::NAN)));
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
cases! {
    OF_GREATEST:
    k2: 2 images of 3 channels, 4 by 6, MaxPool2d<2, 2, 0>;
    k2_of_odd_image: 1 images of 2 channels, 5 by 7, MaxPool2d<2, 2, 0>;
    k2_p1: 2 images of 1 channels, 4 by 5, MaxPool2d<2, 2, 1>;
    k2_s1: 1 images of 2 channels, 3 by 4, MaxPool2d<2, 1, 0>;
    k2_s3: 1 images of 2 channels, 7 by 6, MaxPool2d<2, 3, 0>;
    k2_s1_p1: 1 images of 2 channels, 3 by 4, MaxPool2d<2, 1, 1>;
    k3: 1 images of 2 channels, 7 by 9, MaxPool2d<3, 3, 0>;
    k3_as_large_as_the_image: 3 images of 2 channels, 3 by 3, MaxPool2d<3, 3, 0>;
    k3_s1_p1: 1 images of 2 channels, 4 by 3, MaxPool2d<3, 1, 1>;
    k3_s2: 2 images of 2 channels, 6 by 7, MaxPool2d<3, 2, 0>;
    k3_s2_p1: 2 images of 2 channels, 6 by 7, MaxPool2d<3, 2, 1>;
    k3_p1_of_one_pixel: 2 images of 3 channels, 1 by 1, MaxPool2d<3, 3, 1>;
    k2_nan: 1 images of 1 channels, 4 by 6, MaxPool2d<2, 2, 0>;
    k2_s1_p1_nan: 1 images of 1 channels, 4 by 6, MaxPool2d<2, 1, 1>;
    k2_infinities: 1 images of 1 channels, 4 by 6, MaxPool2d<2, 2, 0>;
    k2_p1_minus_infinity: 1 images of 1 channels, 4 by 6, MaxPool2d<2, 2, 1>;
    k2_signed_zeros: 1 images of 1 channels, 4 by 6, MaxPool2d<2, 2, 0>;
}
cases! {
    OF_MEANS:
    k2: 2 images of 3 channels, 4 by 6, AvgPool2d<2, 2, 0>;
    k2_of_odd_image: 1 images of 2 channels, 5 by 7, AvgPool2d<2, 2, 0>;
    k2_s1: 1 images of 2 channels, 3 by 4, AvgPool2d<2, 1, 0>;
    k3: 1 images of 2 channels, 7 by 9, AvgPool2d<3, 3, 0>;
    k2_p1: 2 images of 1 channels, 4 by 5, AvgPool2d<2, 2, 1>;
    k2_p1_not_counting_padding: 2 images of 1 channels, 4 by 5, AvgPool2d<2, 2, 1, false>;
    k3_s2_p1: 2 images of 2 channels, 6 by 7, AvgPool2d<3, 2, 1>;
    k3_s2_p1_not_counting_padding: 2 images of 2 channels, 6 by 7, AvgPool2d<3, 2, 1, false>;
    k3_s1_p1: 1 images of 2 channels, 4 by 3, AvgPool2d<3, 1, 1>;
    k3_s1_p1_not_counting_padding: 1 images of 2 channels, 4 by 3, AvgPool2d<3, 1, 1, false>;
    k3_p1_of_one_pixel: 2 images of 3 channels, 1 by 1, AvgPool2d<3, 3, 1>;
    k3_p1_of_one_pixel_not_counting_padding: 2 images of 3 channels, 1 by 1, AvgPool2d<3, 3, 1, false>;
}

/// Cases with different settings for rows and columns, which pools do not support.
const OBLONG: [&[&str]; 2] =
    [&["k2x3_s1x2_p1x0"], &["k2x3_s1x2_p1x0", "k2x3_s1x2_p1x0_not_counting_padding"]];

#[test]
fn every_case_of_windows_is_there() {
    for ((layer, cases), oblong) in
        [("max_pool2d", OF_GREATEST), ("avg_pool2d", OF_MEANS)].into_iter().zip(OBLONG)
    {
        let goldens = Goldens::read(layer);
        goldens.are_all(layer, cases.iter().map(|(name, ..)| *name).chain(oblong.iter().copied()));
        for case in oblong.iter().map(|name| goldens.case(layer, name)) {
            assert!(case.says("kernel").is_some_and(|kernel| kernel.starts_with('(')));
        }
    }
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("max_pool2d").hold("max_pool2d", OF_GREATEST);
    Goldens::read("avg_pool2d").hold("avg_pool2d", OF_MEANS);
}

/// The maximum errors for whole images: an ULP for means, and nothing for maxima.
fn of_whole_images<T: Real>(case: &Case<'_>, ulps: f64) -> Vec<f64> {
    let (lengths, x) = case.flat::<T>("x");
    let bound = |image: &[f64]| {
        let n = image.len() as f64;
        let mean = image.iter().sum::<f64>() / n;
        let deviation = (image.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
        ulps * T::EPSILON * mean.abs().max(deviation)
    };
    case.both::<T>(x.chunks(lengths[2] * lengths[3]).map(bound).collect())
}

/// Defines the cases of pools of whole images, which are the same for means and for maxima.
macro_rules! global {
    ($($pool:ident $list:ident $ulps:literal;)*) => {$(
        global! { @cases $pool $list $ulps:
            n2_c3_h4_w5 (2, 3, 4, 5); n1_c1_h1_w1 (1, 1, 1, 1); n3_c2_h1_w7 (3, 2, 1, 7); nan_and_infinities (1, 4, 2, 3);
        }
    )*};
    (@cases $pool:ident $list:ident $ulps:literal: $($case:ident ($($n:literal),*);)*) => {
        /// Every case, in both types.
        const $list: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let bounds = &of_whole_images::<T>(case, $ulps);
                let x: Tensor<T, shape![$($n),*]> = case.get("x");
                case.gives($pool.forward(&x), bounds, "of a tensor");
                case.gives($pool.forward(&x * T::ONE), bounds, "of an expression");
                case.gives(&Layer::forward(&$pool, x.clone()), bounds, "as a layer");
                let mut out = Tensor::full_of($pool.forward(&x).to_tensor().shape(), T::NAN);
                out.assign($pool.forward(&x));
                case.gives(&out, bounds, "into a tensor");
                let any: Tensor<T, shape![?Batch, ?, ?, ?]> = case.get("x");
                case.gives($pool.forward(&any), bounds, "of images of run time");
                case.gives(&Layer::forward(&$pool, any.clone()), bounds, "of images of run time, as a layer");
                for (way, scattered) in layouts(&x) {
                    case.gives($pool.forward(&scattered.view(x.shape())), bounds, way);
                    case.gives($pool.forward(&scattered.view(any.shape())), bounds, way);
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
global! {
    GlobalAvgPool2d GLOBAL_MEANS 1.0;
    GlobalMaxPool2d GLOBAL_GREATEST 0.0;
}

#[test]
fn every_case_of_whole_images_is_there() {
    let goldens = Goldens::read("global_pool2d");
    for (layer, cases) in [("avg_global", GLOBAL_MEANS), ("max_global", GLOBAL_GREATEST)] {
        goldens.are_all(layer, cases.iter().map(|(name, ..)| *name));
    }
    assert_eq!(goldens.layers().len(), 2);
}

#[test]
fn whole_images_as_pytorch_at_each_level() {
    let goldens = Goldens::read("global_pool2d");
    goldens.hold("avg_global", GLOBAL_MEANS);
    goldens.hold("max_global", GLOBAL_GREATEST);
}
