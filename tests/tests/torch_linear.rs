//! Linear layers, compared with PyTorch's.
//!
//! An element is within `(in + 1) * EPSILON * (sum(|x| * |w|) + |bias|)` of the exact one. The
//! error of PyTorch's `f64` results is as large.

use shapewright::nn::{Layer, Linear, NoBias, WithBias};
use shapewright::{Dim, Foreign, Heap, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::{Images, Sliding};

dim!(Batch);

/// A layer with a case's parameters, or with views of them.
macro_rules! layer {
    (WithBias $weight:expr, $bias:expr) => {
        Linear::new($weight, $bias)
    };
    (NoBias $weight:expr, $bias:expr) => {
        Linear::without_bias($weight)
    };
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($($case:ident $bias:ident: ($($n:literal),*) to $out:literal from $in:literal, $any:ty;)*) => {
        $(fn $case<T: Real>(case: &Case<'_>) {
            let bounds = &case.both::<T>(bounds::<T>(case));
            let layer: Linear<Dim<$in>, Dim<$out>, $bias, T, Heap> = layer!($bias case.get("weight"), case.get("bias"));
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

            // Lengths of 1 that do not stretch, run-time lengths, and views of all kinds.
            let fixed: Tensor<T, shape![$({ $n }),*]> = case.get("x");
            case.gives(layer.forward(&fixed), bounds, "of lengths that do not stretch");
            let any: Tensor<T, $any> = case.get("x");
            case.gives(layer.forward(&any), bounds, "of lengths of run time");
            case.gives(&Layer::forward(&layer, any.clone()), bounds, "of lengths of run time, as a layer");
            for (way, scattered) in layouts(&x) {
                case.gives(layer.forward(&scattered.view(x.shape())), bounds, way);
                case.gives(layer.forward(&scattered.view(any.shape())), bounds, way);
            }

            // Parameters in other memory layouts.
            let biases = layer.bias().map(layouts);
            for (k, (way, weight)) in layouts(layer.weight()).iter().enumerate() {
                let _bias = biases.as_ref().map(|biases| biases[k].1.view((Dim::<$out>,)));
                let layer: Linear<Dim<$in>, Dim<$out>, $bias, T, Foreign<'_>> =
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
    n5_in7_out3_bias WithBias: (5, 7) to 3 from 7, shape![?Batch, {7}];
    n5_in7_out3 NoBias: (5, 7) to 3 from 7, shape![?Batch, {7}];
    n4_in1_out3_bias WithBias: (4, 1) to 3 from 1, shape![?Batch, {1}];
    n4_in7_out1_bias WithBias: (4, 7) to 1 from 7, shape![?Batch, {7}];
    n4_in1_out1 NoBias: (4, 1) to 1 from 1, shape![?Batch, {1}];
    in7_out3_bias WithBias: (7) to 3 from 7, shape![{7}];
    in7_out3 NoBias: (7) to 3 from 7, shape![{7}];
    b2_t3_in5_out4_bias WithBias: (2, 3, 5) to 4 from 5, shape![?Batch, ?, {5}];
    b2_t3_in5_out4 NoBias: (2, 3, 5) to 4 from 5, shape![?Batch, ?, {5}];
    n1_in7_out3_bias WithBias: (1, 7) to 3 from 7, shape![?Batch, {7}];
    n0_in7_out3_bias WithBias: (0, 7) to 3 from 7, shape![?Batch, {7}];
    n3_in67_out33_bias WithBias: (3, 67) to 33 from 67, shape![?Batch, {67}];
}

/// The maximum error of each element: a matrix product is a convolution with windows of one pixel.
fn bounds<T: Real>(case: &Case<'_>) -> Vec<f64> {
    let images = |part: &str| {
        let (lengths, elements) = case.flat::<T>(part);
        let (&width, before) = lengths.split_last().expect("an axis");
        Images::new(&[before.iter().product(), width, 1, 1], elements)
    };
    let bias = case.has::<T>("bias").then(|| case.flat::<T>("bias").1);
    let how = Sliding::square(1, 1, 0, 1, 1);
    images("x").convolved(&images("weight"), bias.as_deref(), how).bounds::<T>()
}

#[test]
fn every_case_is_there() {
    Goldens::read("linear").are_all("linear", CASES.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("linear").hold("linear", CASES);
}
