//! The order of summation is part of the contract: the bits of a reduction depend only on the shape
//! and the axes.

use shapewright::{Array, Tensor, TensorView, array, prelude::*, shape};
use shapewright_tests::naive::{self, Naive};
use shapewright_tests::same::Ulps;
use shapewright_tests::values::scattered;

/// Numbers of both signs and of many magnitudes, so that every order of summation has other bits.
fn mixed<S: StaticShape>() -> Tensor<f32, S> {
    let x = scattered::<S>();
    x.map(|x| (x - 0.5) * (8.0 * x).exp()).to_tensor()
}

/// The bits of an expression's reductions over each axis and over several.
macro_rules! bits {
    ($x:expr) => {
        bits!(
            $x; sum_axis(Axis::<0>), sum_axis(Axis::<2>), sum_axis((Axis::<0>, Axis::<1>)),
            sum_axis((Axis::<1>, Axis::<2>)), mean_axis((Axis::<0>, Axis::<2>)), var_axis(Axis::<1>)
        )
    };
    ($x:expr; $($reduction:ident($axes:expr)),*) => {
        [$(bits_of($x.$reduction($axes).to_tensor().as_slice())),*]
    };
}

fn bits_of(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn the_same_bits_wherever_the_elements_are() {
    type S = shape![5, 19, 70];
    let heap: Tensor<f32, S> = mixed();
    let expected = bits!(heap);
    let inline: Array<f32, S> = heap.to_array();
    assert_eq!(bits!(inline), expected);
    let slice = heap.as_slice().to_vec();
    let view: TensorView<f32, S> = TensorView::new(&slice).unwrap();
    assert_eq!(bits!(view), expected);
    // Transposed memory, viewed in the original order of the axes.
    let transposed = heap.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).to_tensor();
    let back = transposed.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>));
    assert_eq!(bits!(back), expected);
    assert_eq!(bits!(back.view()), expected);
    // Reversed memory, with negative strides.
    let backwards: Vec<f32> = slice.iter().rev().copied().collect();
    let view: TensorView<f32, S> =
        TensorView::with_strides(&backwards, slice.len() - 1, [-19 * 70, -70, -1]).unwrap();
    assert_eq!(bits!(view), expected);
    // With gaps.
    let apart: Vec<f32> = slice.iter().flat_map(|&x| [x, f32::NAN]).collect();
    let view: TensorView<f32, S> =
        TensorView::with_strides(&apart, 0, [2 * 19 * 70, 2 * 70, 2]).unwrap();
    assert_eq!(bits!(view), expected);
    // A part of a larger tensor.
    let larger = heap.concat(&heap, Axis::<1>).to_tensor();
    assert_eq!(bits!(larger.slice(Axis::<1>, Span::<19, 19>)), expected);
}

#[test]
fn the_same_bits_for_an_expression_as_for_its_elements() {
    let x: Tensor<f32, shape![5, 19, 70]> = mixed();
    let row: Tensor<f32, shape![70]> = mixed();
    let expression = (&x - &row) * 0.5;
    let elements = expression.to_tensor();
    assert_eq!(bits!(expression), bits!(elements));
    assert_eq!(expression.sum().to_bits(), elements.sum().to_bits());
    assert_eq!(expression.var().to_bits(), elements.var().to_bits());
}

/// Elements that are computed to a buffer before they are folded, such as exponentials: lanes and
/// columns with fewer elements than a buffer has, and with more.
#[test]
fn the_same_bits_for_dear_elements() {
    macro_rules! shapes {
        ($([$r:literal, $c:literal])*) => {$({
            let x: Tensor<f32, shape![$r, $c]> = (&mixed::<shape![$r, $c]>() * 1e-3).to_tensor();
            let row: Tensor<f32, shape![$c]> = mixed();
            let expression = (&x - &row * 1e-3).tanh();
            let elements = expression.to_tensor();
            macro_rules! same {
                ($x:ident => $of:expr) => {{
                    let of = |$x: &Tensor<f32, shape![$r, $c]>| $of.to_tensor().as_slice().iter().map(|y| y.to_bits()).collect::<Vec<_>>();
                    let $x = expression;
                    let found: Vec<u32> = $of.to_tensor().as_slice().iter().map(|y| y.to_bits()).collect();
                    assert_eq!(found, of(&elements), "{} of ({}, {})", stringify!($of), $r, $c);
                }};
            }
            same!(x => x.sum_axis(Axis::<0>));
            same!(x => x.sum_axis(Axis::<1>));
            same!(x => x.var_axis(Axis::<0>));
            same!(x => x.var_axis(Axis::<1>));
            same!(x => x.max_axis(Axis::<0>));
            assert_eq!(expression.sum().to_bits(), elements.sum().to_bits());
            assert_eq!(expression.var().to_bits(), elements.var().to_bits());
            // The same if the fold itself computes the exponentials.
            let greatest = x.max();
            let exponentials = (&x - greatest).exp().to_tensor();
            let all = (exponentials.sum_axis((Axis::<0>, Axis::<1>)).ln() + greatest).to_tensor();
            assert_eq!(x.logsumexp().to_bits(), all[[]].to_bits());
            let greatest = x.max_axis(Axis::<0>).to_tensor();
            let columns = ((&x - &greatest).exp().to_tensor().sum_axis(Axis::<0>).ln() + &greatest).to_tensor();
            assert_eq!(x.logsumexp_axis(Axis::<0>).to_tensor(), columns);
        })*};
    }
    shapes! { [2, 3] [3, 300] [16, 32] [17, 31] [40, 33] [33, 100] [300, 3] [600, 65] [2, 5000] }
}

#[test]
fn the_same_bits_for_stretched_elements() {
    let row: Tensor<f32, shape![70]> = mixed();
    let stretched = row.broadcast_to(shape![5, 19, 70]);
    assert_eq!(bits!(stretched), bits!(stretched.to_tensor()));
    let column = row.expand_dims(Axis::<1>).to_tensor();
    let stretched = column.broadcast_to(shape![5, 70, 19]);
    assert_eq!(bits!(stretched), bits!(stretched.to_tensor()));
}

#[test]
fn the_same_bits_over_all_as_over_every_axis() {
    let x: Tensor<f32, shape![5, 19, 70]> = mixed();
    let all = (Axis::<0>, Axis::<1>, Axis::<2>);
    assert_eq!(x.sum().to_bits(), x.sum_axis(all).to_tensor()[[]].to_bits());
    assert_eq!(x.mean().to_bits(), x.mean_axis(all).to_tensor()[[]].to_bits());
    assert_eq!(x.var().to_bits(), x.var_axis(all).to_tensor()[[]].to_bits());
    assert_eq!(x.std().to_bits(), x.std_axis(all).keepdims().to_tensor()[[0, 0, 0]].to_bits());
    // The same as over one axis of all elements.
    assert_eq!(x.sum().to_bits(), x.reshape_to(shape![6650]).sum().to_bits());
}

/// A column's sum does not depend on its neighbours, nor on the number of columns.
#[test]
fn the_same_bits_for_each_column() {
    let x: Tensor<f32, shape![50, 130]> = mixed();
    let sums = x.sum_axis(Axis::<0>).to_tensor();
    let part = x.slice(Axis::<1>, Span::<60, 9>).sum_axis(Axis::<0>).to_tensor();
    for j in 0..9 {
        assert_eq!(part[[j]].to_bits(), sums[[60 + j]].to_bits());
    }
    // Likewise for rows.
    let sums = x.sum_axis(Axis::<1>).to_tensor();
    let part = x.slice(Axis::<0>, Span::<7, 3, 10>).sum_axis(Axis::<1>).to_tensor();
    for i in 0..3 {
        assert_eq!(part[[i]].to_bits(), sums[[7 + 10 * i]].to_bits());
    }
}

/// The documented order, at every number of elements that begins or ends a block.
#[test]
fn the_documented_order() {
    macro_rules! lengths {
        ($($n:literal)*) => {$(
            let x: Tensor<f32, shape![$n, 3]> = mixed();
            let naive = Naive::of(&x);
            naive.kept(&[0], naive::sum).agrees(x.sum_axis(Axis::<0>).keepdims(), "columns");
            let row = x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
            let naive = Naive::of(&row);
            naive.kept(&[1], naive::sum).agrees(row.sum_axis(Axis::<1>).keepdims(), "rows");
            naive.kept(&[1], |x, order| naive::var(x, order, 0)).agrees(row.var_axis(Axis::<1>).keepdims(), "variances");
        )*};
    }
    lengths! { 1 15 16 17 32 33 48 64 255 256 257 511 512 768 769 1025 8193 }
}

/// The documented order past the first and the second block: 16384 elements of a column, 262144 of
/// a row; and lanes that leaves do not divide.
#[test]
fn the_documented_order_of_blocks() {
    let x: Tensor<f32, shape![50000, 2]> = mixed();
    let naive = Naive::of(&x);
    naive.kept(&[0], naive::sum).agrees(x.sum_axis(Axis::<0>).keepdims(), "columns");
    naive
        .kept(&[0], |x, order| naive::var(x, order, 0))
        .agrees(x.var_axis(Axis::<0>).keepdims(), "variances");
    let x: Tensor<f32, shape![800003]> = mixed();
    let naive = Naive::of(&x);
    naive.kept(&[0], naive::sum).agrees(x.sum_axis(Axis::<0>).keepdims(), "a row");
    naive
        .kept(&[0], |x, order| naive::var(x, order, 0))
        .agrees(x.var_axis(Axis::<0>).keepdims(), "a variance");
    let x: Tensor<f32, shape![3, 11, 10, 29]> = mixed();
    let naive = Naive::of(&x);
    let axes = (Axis::<0>, Axis::<2>, Axis::<3>);
    naive.kept(&[0, 2, 3], naive::sum).agrees(x.sum_axis(axes).keepdims(), "channels");
    naive
        .kept(&[0, 2, 3], |x, order| naive::var(x, order, 0))
        .agrees(x.var_axis(axes).keepdims(), "channels");
    let x: Tensor<f64, shape![9, 6, 400]> = mixed::<shape![9, 6, 400]>().map(f64::from).to_tensor();
    let naive = Naive::of(&x);
    naive
        .kept(&[0, 2], naive::sum)
        .agrees(x.sum_axis((Axis::<0>, Axis::<2>)).keepdims(), "channels");
}

/// Ten million numbers of any kind add up to within little more than half an ULP.
#[test]
fn ten_million_numbers() {
    let ulps = |found: f32, exact: f64| {
        let ulp = 2f64.powi(exact.abs().log2().floor() as i32 - 23);
        (f64::from(found) - exact).abs() / ulp
    };
    let tenths = Tensor::<f32, shape![10000000]>::full(0.1);
    assert!(ulps(tenths.sum(), 1e7 * f64::from(0.1f32)) < 0.51);
    let x: Tensor<f32, shape![10000000]> = scattered();
    assert!(ulps(x.sum(), x.as_slice().iter().map(|&x| f64::from(x)).sum()) < 0.51);
    // Infinities and NaN are not lost in the compensation.
    let mut x = x;
    x[[123_456]] = f32::INFINITY;
    assert_eq!(x.sum(), f32::INFINITY);
    x[[9_999_999]] = f32::NEG_INFINITY;
    assert!(x.sum().is_nan());
}

/// `One` has no lanes: for (50, 1) the last summed axis is axis 0, and for (50, Dim<1>) axis 1 is
/// kept.
#[test]
fn axes_of_length_1() {
    let x: Tensor<f32, shape![50]> = mixed();
    let one = x.expand_dims(Axis::<1>).sum_axis(Axis::<0>).to_tensor();
    assert_eq!(one[[0]].to_bits(), x.sum().to_bits());
    let length: Tensor<f32, shape![50, { 1 }]> = x.reshape(shape![50, { 1 }]).to_tensor();
    let naive = Naive::of(&length);
    naive.kept(&[0], naive::sum).agrees(length.sum_axis(Axis::<0>).keepdims(), "a column");
}

/// A sequential sum would be off by 4% here, and NumPy's over axis 0 is off by 0.06%. The library's
/// is off by at most 2 ULP, about 0.00001%.
#[test]
fn four_million_tenths() {
    let n = (65536 * 64) as f64;
    let x = Tensor::<f32, shape![65536, 64]>::full(0.1);
    assert!(x.sum().ulps((n * f64::from(0.1f32)) as f32) <= 2, "{}", x.sum());
    let columns = x.sum_axis(Axis::<0>).to_tensor();
    let exact = (65536.0 * f64::from(0.1f32)) as f32;
    assert!(columns.as_slice().iter().all(|sum| sum.ulps(exact) <= 2), "{columns}");
    assert!(x.mean().ulps(0.1) <= 2, "{}", x.mean());
    assert!(x.var() < 1e-12, "{}", x.var());
}

/// Minima and maxima are the same in every order; NaN wins at any position.
#[test]
fn nan_wins_wherever_it_stands() {
    for at in [0, 1, 15, 16, 100, 255, 256, 299] {
        let mut x = array![1.0f32; 300];
        x[[at]] = f32::NAN;
        assert!(x.min().is_nan() && x.max().is_nan() && x.sum().is_nan());
        let columns = x.reshape(shape![100, 3]).max_axis(Axis::<0>).to_array();
        for j in 0..3 {
            assert_eq!(columns[[j]].is_nan(), at % 3 == j);
        }
    }
}
