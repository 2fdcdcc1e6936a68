//! Short lanes that are folded side by side, for operands that are stretched along the axes
//! outside: the bits are those of the same elements in memory, which are folded one lane at a time.

use shapewright::{Tensor, prelude::*, shape};
use shapewright_levels::reductions_of_floats;
use shapewright_tests::values::scattered;

/// Numbers of both signs and of many magnitudes, so that every order of summation has other bits.
fn mixed<S: StaticShape>() -> Tensor<f32, S> {
    scattered::<S>().map(|x: f32| (x - 0.5) * (8.0 * x).exp()).to_tensor()
}

macro_rules! same {
    ($expression:expr, $elements:expr; $($reduction:ident)*) => {$(
        let (found, expected) = ($expression.$reduction(Axis::<-1>), $elements.$reduction(Axis::<-1>));
        let (found, expected) = (found.to_tensor(), expected.to_tensor());
        for (i, (found, expected)) in found.as_slice().iter().zip(expected.as_slice()).enumerate() {
            let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
            assert_eq!(found, expected, "{}, number {i}", stringify!($reduction));
        }
    )*};
}
macro_rules! same_of_the_table {
    ($expression:expr, $elements:expr; $($_of_all:ident $over_axes:ident;)*) => {
        same!($expression, $elements; $($over_axes)*);
    };
}
macro_rules! all_reductions {
    ($expression:expr) => {{
        let expression = $expression;
        let elements = expression.to_tensor();
        reductions_of_floats! { same_of_the_table expression, elements; }
        same!(expression, elements; argmax_axis argmin_axis);
        let (means, variances) = expression.moments_axis(Axis::<-1>).to_tensors();
        let (expected_means, expected_variances) = elements.moments_axis(Axis::<-1>).to_tensors();
        assert_eq!((means, variances), (expected_means, expected_variances));
        let (positive, positive_elements) = (expression.greater(0.0), elements.greater(0.0));
        same!(positive, positive_elements; any_axis all_axis count_nonzero_axis);
    }};
}

/// Every number of rows of accumulators, with and without a remainder.
#[test]
fn lanes_of_every_kind_of_length() {
    macro_rules! lengths {
        ($($k:literal)*) => {$(
            let (a, b) = (mixed::<shape![9, 1, $k]>(), mixed::<shape![1, 40, $k]>());
            all_reductions!(a.stretch() - &b);
        )*};
    }
    lengths!(2 17 67 127 128);
}

/// Whole tiles, and tiles with a remainder, of regions and of rows.
#[test]
fn any_number_of_neighbours() {
    macro_rules! neighbours {
        ($($m:literal)*) => {$(
            let (a, b) = (mixed::<shape![8, 1, 20]>(), mixed::<shape![1, $m, 20]>());
            all_reductions!(a.stretch() * &b);
        )*};
    }
    neighbours!(32 65);
}

#[test]
fn operands_that_vary_along_other_axes() {
    let (a, b) = (mixed::<shape![3, 5, 1, 24]>(), mixed::<shape![1, 1, 37, 24]>());
    let (of_neighbours, of_rows) = (mixed::<shape![1, 1, 37, 1]>(), mixed::<shape![3, 1, 1, 1]>());
    all_reductions!((a.stretch() - &b).stretch() * &of_neighbours);
    all_reductions!((a.stretch() - &b) * of_rows.broadcast_to(shape![3, 5, 37, 24]));
    all_reductions!((a.stretch() + &of_neighbours).stretch() / 3.0);
}

#[test]
fn operands_that_are_transposed_or_computed() {
    let (a, b) = (mixed::<shape![24, 1, 10]>(), mixed::<shape![24, 37, 1]>());
    let order = (Axis::<2>, Axis::<1>, Axis::<0>);
    all_reductions!(a.permute_dims(order).stretch() - b.permute_dims(order));
    let (a, b) = (mixed::<shape![10, 1, 24]>(), mixed::<shape![1, 37, 24]>());
    all_reductions!((&a * 2.0).stretch() - b.abs().sqrt());
}

#[test]
fn doubles_and_integers() {
    let (a, b) = (scattered::<shape![10, 1, 24]>(), scattered::<shape![1, 37, 24]>());
    let (a, b) = (a.map(|x: f32| f64::from(x) - 0.3), b.map(|x: f32| f64::from(x).sqrt()));
    let (a, b) = (a.to_tensor(), b.to_tensor());
    all_reductions!(a.stretch() - &b);
    let (a, b) =
        (a.map(|x| (100.0 * x) as i32).to_tensor(), b.map(|x| (100.0 * x) as i32).to_tensor());
    let expression = a.stretch() - &b;
    let elements = expression.to_tensor();
    same!(expression, elements; sum_axis max_axis argmin_axis);
}
