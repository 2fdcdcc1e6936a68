//! Convolutions of lines, compared with PyTorch's.
//!
//! An element is within `(taps + 1) * EPSILON * (sum(|x| * |w|) + |bias|)` of the exact one, where
//! taps are the elements that are in the line. The error of PyTorch's `f64` results is as large.

use shapewright::nn::{Conv1d, Layer, NoBias, WithBias};
use shapewright::{Dim, Foreign, Heap, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::Sliding;

dim!(Batch);

/// A layer with a case's parameters, or with views of them.
macro_rules! layer {
    (WithBias $weight:expr, $bias:expr) => {
        Conv1d::new($weight, $bias)
    };
    (NoBias $weight:expr, $bias:expr) => {
        Conv1d::without_bias($weight)
    };
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($($case:ident $bias:ident: $n:literal lines of $in:literal to $out:literal channels, $l:literal long,
        $k:literal $stride:literal $pad:literal $dilation:literal $groups:literal;)*) => {
        $(fn $case<T: Real>(case: &Case<'_>) {
            type Conv<T, B = Heap> =
                Conv1d<Dim<$in>, Dim<$out>, $k, $stride, $pad, $dilation, $groups, $bias, T, B>;
            let how = Sliding::of_lines($k, $stride, $pad, $dilation, $groups);
            let bias = case.has::<T>("bias").then(|| case.flat::<T>("bias").1);
            let exact = case.images::<T>("x").convolved(&case.images::<T>("weight"), bias.as_deref(), how);
            let bounds = &case.both::<T>(exact.bounds::<T>());

            let layer: Conv<T> = layer!($bias case.get("weight"), case.get("bias"));
            let x: Tensor<T, shape![$n, $in, $l]> = case.get("x");
            let y = layer.forward(&x).to_tensor();
            case.gives(&y, bounds, "of a tensor");
            case.gives(layer.forward(&x * T::ONE), bounds, "of an expression");
            case.gives(&Layer::forward(&layer, x.clone()), bounds, "as a layer");
            let mut out = Tensor::full_of(y.shape(), T::NAN);
            out.assign(layer.forward(&x));
            case.gives(&out, bounds, "into a tensor");
            let halved = (layer.forward(&x) / T::of_f64(2.0)).to_tensor();
            assert_eq!(halved, (&y / T::of_f64(2.0)).to_tensor(), "{}, in an expression", case.name());

            // Lengths of 1 that do not stretch, run-time lengths, and views of all kinds.
            let fixed: Tensor<T, shape![{ $n }, { $in }, { $l }]> = case.get("x");
            case.gives(layer.forward(&fixed), bounds, "of lengths that do not stretch");
            let batch: Tensor<T, shape![?Batch, $in, $l]> = case.get("x");
            case.gives(layer.forward(&batch), bounds, "of a batch of run time");
            let any: Tensor<T, shape![?, { $in }, ?]> = case.get("x");
            case.gives(layer.forward(&any), bounds, "of lines of run time");
            case.gives(&Layer::forward(&layer, any.clone()), bounds, "of lines of run time, as a layer");
            for (way, scattered) in layouts(&x) {
                case.gives(layer.forward(&scattered.view(x.shape())), bounds, way);
                case.gives(layer.forward(&scattered.view(any.shape())), bounds, way);
            }

            // Written to memory with gaps, between elements and between lines.
            let (n, c, l) = layer.forward(&any).to_tensor().shape();
            let mut apart = Tensor::full_of((n, c, l, Dim::<2>), T::NAN);
            apart.index_axis_mut(Axis::<3>, 1).assign(layer.forward(&any));
            case.gives(&apart.index_axis(Axis::<3>, 1), bounds, "into lines with gaps");
            assert!(apart.index_axis(Axis::<3>, 0).iter().all(|x| x.same(T::NAN)));
            let mut apart = Tensor::full_of((n, c, Dim::<2>, l), T::NAN);
            apart.index_axis_mut(Axis::<2>, 1).assign(layer.forward(&any));
            case.gives(&apart.index_axis(Axis::<2>, 1), bounds, "into lines apart");
            assert!(apart.index_axis(Axis::<2>, 0).iter().all(|x| x.same(T::NAN)));

            // Parameters in other memory layouts.
            let biases = layer.bias().map(layouts);
            for (k, (way, weight)) in layouts(layer.weight()).iter().enumerate() {
                let _bias = biases.as_ref().map(|biases| biases[k].1.view((Dim::<$out>,)));
                let layer: Conv<T, Foreign<'_>> =
                    layer!($bias weight.view(layer.weight().shape()), _bias.expect("a bias"));
                case.gives(layer.forward(&x), bounds, way);
                case.gives(layer.forward(&any), bounds, way);
            }
        })*
        /// Every case, in both types.
        const CASES: &[Listed] = &[$((stringify!($case), $case::<f32>, $case::<f64>)),*];
    };
}
cases! {
    k1_s1_p0_d2_g2_bias WithBias: 3 lines of 2 to 6 channels, 1 long, 1 1 0 2 2;
    k1_s2_p0_d2_g2 NoBias: 3 lines of 4 to 2 channels, 6 long, 1 2 0 2 2;
    k1_s2_p1_d2_g1_bias WithBias: 1 lines of 1 to 2 channels, 4 long, 1 2 1 2 1;
    k1_s3_p2_d1_g1_bias WithBias: 3 lines of 3 to 2 channels, 5 long, 1 3 2 1 1;
    k1_s3_p2_d1_g3 NoBias: 1 lines of 3 to 3 channels, 5 long, 1 3 2 1 3;
    k2_s1_p0_d1_g3 NoBias: 3 lines of 3 to 3 channels, 2 long, 2 1 0 1 3;
    k2_s1_p1_d2_g2 NoBias: 1 lines of 4 to 2 channels, 1 long, 2 1 1 2 2;
    k2_s2_p2_d1_g2 NoBias: 1 lines of 2 to 6 channels, 3 long, 2 2 2 1 2;
    k2_s3_p0_d1_g1_bias WithBias: 1 lines of 1 to 2 channels, 10 long, 2 3 0 1 1;
    k2_s3_p1_d2_g1 NoBias: 3 lines of 3 to 2 channels, 9 long, 2 3 1 2 1;
    k3_s1_p1_d2_g1_bias WithBias: 3 lines of 1 to 2 channels, 3 long, 3 1 1 2 1;
    k3_s2_p0_d2_g1 NoBias: 1 lines of 3 to 2 channels, 10 long, 3 2 0 2 1;
    k3_s2_p1_d2_g3_bias WithBias: 1 lines of 3 to 3 channels, 8 long, 3 2 1 2 3;
    k3_s3_p1_d1_g2 NoBias: 3 lines of 2 to 6 channels, 1 long, 3 3 1 1 2;
    k3_s3_p2_d2_g2 NoBias: 3 lines of 4 to 2 channels, 1 long, 3 3 2 2 2;
    k5_s1_p2_d2_g1_bias WithBias: 1 lines of 3 to 2 channels, 5 long, 5 1 2 2 1;
    k5_s1_p2_d1_g1 NoBias: 3 lines of 1 to 2 channels, 3 long, 5 1 2 1 1;
    k5_s2_p1_d1_g2_bias WithBias: 1 lines of 4 to 2 channels, 3 long, 5 2 1 1 2;
    k5_s3_p0_d1_g2_bias WithBias: 1 lines of 2 to 6 channels, 5 long, 5 3 0 1 2;
    k5_s3_p1_d2_g3_bias WithBias: 1 lines of 3 to 3 channels, 15 long, 5 3 1 2 3;
    k1_s1_p0_d1_g1_bias WithBias: 1 lines of 3 to 2 channels, 6 long, 1 1 0 1 1;
    k3_s1_p1_d1_g1 NoBias: 3 lines of 3 to 2 channels, 6 long, 3 1 1 1 1;
    k3_s2_p1_d1_g1_bias WithBias: 3 lines of 3 to 2 channels, 12 long, 3 2 1 1 1;
    k3_s1_p1_d1_g3_bias WithBias: 1 lines of 3 to 3 channels, 6 long, 3 1 1 1 3;
    k3_s1_p1_d1_g1_c17to13_bias WithBias: 1 lines of 17 to 13 channels, 6 long, 3 1 1 1 1;
}

#[test]
fn every_case_is_there() {
    Goldens::read("conv1d").are_all("conv1d", CASES.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("conv1d").hold("conv1d", CASES);
}
