//! The elementwise functions at NaN, infinities, zeros and integers, as C99 and, for `sign`, the
//! array API specify.

use shapewright::{Tensor, prelude::*, shape, tensor};
use shapewright_levels::functions_of_floats;
use shapewright_tests::same::{Value, assert_agree};

/// Compares each function of the table at the special values with its row, for the float `T`.
macro_rules! at_special_values {
    ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
        special $special:tt, bits $_f32:literal, $_f64:literal;)*) => {$(
        let x: Tensor<T, shape![6]> = tensor![NAN, INF, -INF, 0.0, -0.0, -MAX];
        let (found, expected): (_, &[T]) = (x.$name().to_tensor(), &$special);
        for ((x, found), &expected) in x.iter().zip(found.iter()).zip(expected) {
            assert!(found.same(expected), "{}({x}) is {found}, not {expected}", stringify!($name));
        }
    )*};
}

macro_rules! special_values {
    ($($module:ident $t:ident;)*) => {$(
        mod $module {
            use super::*;

            type T = $t;
            const NAN: $t = $t::NAN;
            const INF: $t = $t::INFINITY;
            const MAX: $t = $t::MAX;
            type Six = Tensor<$t, shape![6]>;

            #[test]
            fn functions_of_one_argument() {
                let x: Six = tensor![NAN, INF, -INF, 0.0, -0.0, -MAX];
                functions_of_floats! { at_special_values }
                assert_agree(x.relu(), &tensor![NAN, INF, 0.0, 0.0, 0.0, 0.0]);
                assert_agree(x.is_nan(), &tensor![true, false, false, false, false, false]);
                assert_agree(x.is_finite(), &tensor![false, false, false, true, true, true]);
                assert_agree(x.is_infinite(), &tensor![false, true, true, false, false, false]);
                assert_agree(x.recip(), &tensor![NAN, 0.0, -0.0, INF, -INF, -1.0 / MAX]);
                assert_agree(x.sign(), &tensor![NAN, 1.0, -1.0, 0.0, 0.0, -1.0]);
                let x: Six = tensor![MAX, 1.0, -1.0, -2.0, $t::from_bits(1), $t::MIN_POSITIVE];
                let (least, normal) = ($t::from_bits(1), $t::MIN_POSITIVE);
                assert_agree(x.exp().slice(Axis::<0>, Span::<4, 2>), &tensor![1.0, 1.0]);
                assert_agree(x.expm1().slice(Axis::<0>, Span::<4, 2>), &tensor![least, normal]);
                assert_agree(x.log1p().slice(Axis::<0>, Span::<2, 4>), &tensor![-INF, NAN, least, normal]);
                assert_agree(x.ln().slice(Axis::<0>, Span::<1, 3>), &tensor![0.0, NAN, NAN]);
                assert_agree(x.sin().slice(Axis::<0>, Span::<4, 2>), &tensor![least, normal]);
                assert_agree(x.tan().slice(Axis::<0>, Span::<4, 2>), &tensor![least, normal]);
                assert_agree(x.tanh().slice(Axis::<0>, Span::<4, 2>), &tensor![least, normal]);
                assert_agree(x.relu(), &tensor![MAX, 1.0, 0.0, 0.0, least, normal]);
                assert_agree(x.sign(), &tensor![1.0, 1.0, -1.0, -1.0, 1.0, 1.0]);
                assert_agree(x.gelu().slice(Axis::<0>, Span::<0, 1>), &Tensor::from_fn(|_| MAX));
                assert_agree(x.silu().slice(Axis::<0>, Span::<0, 1>), &Tensor::from_fn(|_| MAX));
                assert_agree(x.is_finite(), &Tensor::from_fn(|_| true));
            }

            /// Each exponent, with its results for the bases.
            #[test]
            fn powers() {
                type Eleven = Tensor<$t, shape![11]>;
                let x: Eleven = tensor![NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 4.0, -4.0, 0.25, -0.25];
                let cases: [($t, Eleven); 12] = [
                    (0.0, Tensor::from_fn(|_| 1.0)),
                    (-0.0, Tensor::from_fn(|_| 1.0)),
                    (NAN, tensor![NAN, NAN, NAN, NAN, NAN, 1.0, NAN, NAN, NAN, NAN, NAN]),
                    (INF, tensor![NAN, INF, INF, 0.0, 0.0, 1.0, 1.0, INF, INF, 0.0, 0.0]),
                    (-INF, tensor![NAN, 0.0, 0.0, INF, INF, 1.0, 1.0, 0.0, 0.0, INF, INF]),
                    (1.0, x.clone()),
                    (2.0, tensor![NAN, INF, INF, 0.0, 0.0, 1.0, 1.0, 16.0, 16.0, 0.0625, 0.0625]),
                    (3.0, tensor![NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 64.0, -64.0, 0.015_625, -0.015_625]),
                    (-2.0, tensor![NAN, 0.0, 0.0, INF, INF, 1.0, 1.0, 0.0625, 0.0625, 16.0, 16.0]),
                    (-3.0, tensor![NAN, 0.0, -0.0, INF, -INF, 1.0, -1.0, 0.015_625, -0.015_625, 64.0, -64.0]),
                    (2.5, tensor![NAN, INF, INF, 0.0, 0.0, 1.0, NAN, 32.0, NAN, 0.031_25, NAN]),
                    (-2.5, tensor![NAN, 0.0, 0.0, INF, INF, 1.0, NAN, 0.031_25, NAN, 32.0, NAN]),
                ];
                for (exponent, expected) in cases {
                    assert_agree(x.powf(exponent), &expected);
                    if exponent.abs() < 100.0 && exponent.fract() == 0.0 {
                        assert_agree(x.powi(exponent as i32), &expected);
                    }
                }
                // A power of -1 is -1 if the exponent is odd, however large the exponent is.
                assert_agree(tensor![-1.0 as $t].powi(i32::MAX), &tensor![-1.0]);
                assert_agree(tensor![-1.0 as $t].powi(i32::MIN), &tensor![1.0]);
                assert_agree(tensor![-1.0 as $t].powf(1.0 / $t::EPSILON - 1.0), &tensor![-1.0]);
                assert_agree(tensor![-1.0 as $t].powf(2.0 / $t::EPSILON), &tensor![1.0]);
                assert_agree(tensor![-1.0 as $t].powf(MAX), &tensor![1.0]);
            }

            /// Ties round to even, and results of 0 keep the sign.
            #[test]
            fn rounding() {
                let x: Tensor<$t, shape![8]> = tensor![0.5, 1.5, 2.5, -0.5, -1.5, -0.3, 0.7, -3.0];
                assert_agree(x.round(), &tensor![0.0, 2.0, 2.0, -0.0, -2.0, -0.0, 1.0, -3.0]);
                assert_agree(x.floor(), &tensor![0.0, 1.0, 2.0, -1.0, -2.0, -1.0, 0.0, -3.0]);
                assert_agree(x.ceil(), &tensor![1.0, 2.0, 3.0, -0.0, -1.0, -0.0, 1.0, -3.0]);
                // From `end` on there are no fractions; below it there are halves.
                let end = 1.0 / $t::EPSILON;
                let x: Six = tensor![end, -end, end.next_down(), -end.next_down(), end + 1.0, $t::from_bits(1)];
                assert_agree(x.round(), &tensor![end, -end, end, -end, end + 1.0, 0.0]);
                assert_agree(x.floor(), &tensor![end, -end, end - 1.0, -end, end + 1.0, 0.0]);
                assert_agree(x.ceil(), &tensor![end, -end, end, 1.0 - end, end + 1.0, 1.0]);
            }
        }
    )*};
}
special_values! { of_f32 f32; of_f64 f64; }

#[test]
fn integers() {
    assert_agree(tensor![i32::MIN, -3, 0, 7].sign(), &tensor![-1, -1, 0, 1]);
    assert_agree(tensor![0u8, 200].sign(), &tensor![0, 1]);
    assert_agree(tensor![i8::MIN, -3, 0, 7].relu(), &tensor![0, 0, 0, 7]);
}
