//! What a tensor shares with every Rust type: `Clone`, `Copy`, `PartialEq`, printing, indexing,
//! threads, constants.

use shapewright::{
    Array, Dim, One, Shape, ShapeError, Tensor, TensorView, TensorViewMut, array, dim, prelude::*,
    shape, tensor,
};

dim!(Batch = 2, Features = 3);

static WEIGHTS: Array<f32, shape![2, 3]> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
const BIAS: Array<f32, shape![3]> = array![0.5; 3];
const NAMED: Array<i32, shape![Batch, Features]> = Array::new([[1, 2, 3], [4, 5, 6]]);
static SPLAT: Array<u8, shape![2, 0]> = Array::splat(7);

#[test]
fn threads() {
    fn is_sent_and_shared<T: Send + Sync>() {}
    is_sent_and_shared::<Tensor<f32, shape![2, 3]>>();
    is_sent_and_shared::<Array<f64, shape![2, 3]>>();
    is_sent_and_shared::<TensorView<'_, u8, shape![2, 3]>>();
    is_sent_and_shared::<TensorViewMut<'_, bool, shape![2, 3]>>();
    is_sent_and_shared::<ShapeError>();
    let mut x = Tensor::<f32, shape![2, 3]>::ones();
    std::thread::scope(|scope| {
        let view = x.view();
        let sum = scope.spawn(move || view.sum());
        assert_eq!(sum.join().unwrap(), 6.0);
    });
    std::thread::scope(|scope| {
        let mut view = x.view_mut();
        scope.spawn(move || view *= 2.0);
    });
    assert_eq!(std::thread::spawn(move || x.sum()).join().unwrap(), 12.0);
}

#[test]
fn clones_and_copies() {
    fn is_copy<T: Copy>(_: &T) {}
    let mut x = tensor![[1, 2], [3, 4]];
    let copy = x.clone();
    x += 1;
    assert_eq!((copy[[0, 0]], x[[0, 0]]), (1, 2));
    let inline = x.to_array();
    is_copy(&inline);
    is_copy(&x.view());
    let mut moved = inline;
    moved *= 2;
    assert_eq!((inline[[1, 1]], moved[[1, 1]]), (5, 10));
}

#[test]
fn equality() {
    let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    assert!(
        x == x.clone() && x == x.to_array() && x.view() == x.to_array() && x.to_array() == x.view()
    );
    assert!(x != tensor![[1.0, 2.0], [3.0, 5.0]]);
    // As for floats: NaN is not equal to itself, and zeros of both signs are equal.
    assert!(tensor![f32::NAN] != tensor![f32::NAN]);
    assert!(tensor![0.0] == tensor![-0.0]);
    assert!(Tensor::<f32, shape![0, 3]>::zeros() == Tensor::<f32, shape![0, 3]>::ones());
    let transposed = x.permute_dims((Axis::<1>, Axis::<0>)).view();
    assert!(transposed == tensor![[1.0, 3.0], [2.0, 4.0]] && transposed != x);
    assert!(x.permute_dims((Axis::<0>, Axis::<1>)).view() == x);
    let row = array![1, 2];
    assert!(row.broadcast_to(shape![2, 2]).view() == array![[1, 2], [1, 2]]);
    assert!(row.broadcast_to(shape![2, 2]).view() != array![[1, 2], [2, 2]]);
}

#[test]
fn shapes() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    assert_eq!((x.shape().lengths(), x.len(), x.is_empty()), ([2, 3], 6, false));
    assert_eq!((&x * 2).shape(), (Dim::<2>, Dim::<3>));
    let y: Tensor<f32, (Dim<2>, One, Dim<0>)> = Tensor::zeros();
    assert_eq!((y.shape().lengths(), y.len(), y.is_empty()), ([2, 1, 0], 0, true));
    assert_eq!((&x + 1).sum_axis(Axis::<0>).keepdims().shape(), (One, Dim::<3>));
    assert_eq!(x.permute_dims((Axis::<1>, Axis::<0>)).shape().lengths(), [3, 2]);
    assert_eq!(x.max_axis((Axis::<0>, Axis::<1>)).to_tensor().item(), 6);
    let z = Tensor::<u8, ()>::zeros();
    assert_eq!((z.shape(), z.len()), ((), 1));
    assert_eq!(NAMED.shape(), (Batch, Features));
}

#[test]
fn indexing() {
    let mut x = tensor![[1, 2, 3], [4, 5, 6]];
    assert_eq!((x[[0, 0]], x[[1, 2]]), (1, 6));
    x[[1, 0]] = 40;
    *x.get_mut([0, 2]).unwrap() += 27;
    assert_eq!(x, array![[1, 2, 30], [40, 5, 6]]);
    assert_eq!(x.get([1, 2]), Some(&6));
    for outside in [[2, 0], [0, 3], [usize::MAX, 0], [0, usize::MAX], [2, 3]] {
        assert_eq!(x.get(outside), None);
        assert_eq!(x.get_mut(outside), None);
        assert_eq!(x.view().get(outside), None);
        assert_eq!(x.to_array().get(outside), None);
    }
    assert_eq!(tensor![7].get([1]), None);
    assert_eq!(Tensor::<u8, ()>::ones()[[]], 1);
    assert_eq!(Tensor::<u8, shape![2, 0]>::ones().get([0, 0]), None);
    let view = x.permute_dims((Axis::<1>, Axis::<0>)).view();
    assert_eq!((view[[2, 0]], view.get([0, 2])), (30, None));
    assert_eq!(x.as_slice(), [1, 2, 30, 40, 5, 6]);
    x.as_mut_slice()[5] = 0;
    assert_eq!(x[[1, 2]], 0);
}

#[test]
#[should_panic(expected = "index [2, 0] is out of range for shape (2, 3)")]
fn an_index_out_of_range() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let _ = x[[2, 0]];
}

#[test]
#[should_panic(expected = "index [0] is out of range for shape (0,)")]
fn an_index_of_nothing() {
    Tensor::<f32, shape![0]>::zeros()[[0]] = 1.0;
}

#[test]
fn display() {
    assert_eq!(tensor![1.5f32, -2.0, f32::NAN].to_string(), "[ 1.5, -2.0,  NaN]");
    assert_eq!(array![[1, 2], [3, 4]].to_string(), "[[1, 2],\n [3, 4]]");
    assert_eq!(
        array![[[1, 2], [3, 4]], [[5, 6], [7, 8]]].to_string(),
        "[[[1, 2],\n  [3, 4]],\n\n [[5, 6],\n  [7, 8]]]"
    );
    assert_eq!(array![[true], [false]].to_string(), "[[ true],\n [false]]");
    assert_eq!(Tensor::<i32, ()>::ones().to_string(), "1");
    assert_eq!(Tensor::<i32, shape![0]>::ones().to_string(), "[]");
    assert_eq!(Tensor::<i32, shape![2, 0]>::ones().to_string(), "[[],\n []]");
    assert_eq!(format!("{:.2}", array![1.0f32, 0.125]), "[1.00, 0.12]");
    assert_eq!(format!("{:>3}", array![1, -10]), "[  1, -10]");
    assert_eq!(
        array![[1, 2], [3, 4]].permute_dims((Axis::<1>, Axis::<0>)).view().to_string(),
        "[[1, 3],\n [2, 4]]"
    );
}

#[test]
fn debug() {
    assert_eq!(format!("{:?}", tensor![1.0f32, 2.5]), "(2,) [1.0, 2.5]");
    assert_eq!(format!("{:?}", array![[1, 2], [3, 4]]), "(2, 2) [[1, 2],\n [3, 4]]");
    assert_eq!(format!("{:?}", Tensor::<bool, ()>::zeros()), "() false");
}

/// Past 1000 elements an axis shows three elements at each end.
#[test]
fn long_axes() {
    let whole = Tensor::<i32, shape![1000]>::ones().to_string();
    assert_eq!(whole.matches('1').count(), 1000);
    let long = Tensor::<usize, shape![1001]>::from_fn(|[i]| i);
    assert_eq!(long.to_string(), "[   0,    1,    2, ...,  998,  999, 1000]");
    let wide = Tensor::<usize, shape![3, 400]>::from_fn(|[i, j]| 1000 * i + j);
    let rows = "[[   0,    1,    2, ...,  397,  398,  399],\n [1000, 1001, 1002, ..., 1397, 1398, 1399],\n [2000, 2001, 2002, ..., 2397, 2398, 2399]]";
    assert_eq!(wide.to_string(), rows);
    let tall = Tensor::<usize, shape![501, 2]>::from_fn(|[i, j]| 10 * i + j);
    let rows = "[[   0,    1],\n [  10,   11],\n [  20,   21],\n ...,\n [4980, 4981],\n [4990, 4991],\n [5000, 5001]]";
    assert_eq!(tall.to_string(), rows);
}

#[test]
#[expect(clippy::op_ref, reason = "a static is used where it is")]
fn statics() {
    assert_eq!((&WEIGHTS * &BIAS).to_array(), array![[0.5, 1.0, 1.5], [2.0, 2.5, 3.0]]);
    assert_eq!(WEIGHTS.sum_axis(Axis::<1>).to_array(), array![6.0, 15.0]);
    assert_eq!(NAMED.sum_axis(Features).to_array().as_slice(), [6, 15]);
    assert!(SPLAT.is_empty());
}

#[test]
fn columns_are_aligned_with_one_precision() {
    let x = tensor![[1.0, -20.25], [0.3333333333333333, 1e4]];
    assert_eq!(
        x.to_string(),
        "[[    1.00000000,   -20.25000000],\n [    0.33333333, 10000.00000000]]"
    );
    assert_eq!(format!("{x:.3}"), "[[    1.000,   -20.250],\n [    0.333, 10000.000]]");
    assert_eq!(tensor![0.1 + 0.2, 1.0].to_string(), "[0.3, 1.0]");
    assert_eq!(tensor![f64::INFINITY, -1.5].to_string(), "[ inf, -1.5]");
    // Without exponents 1e-9 would be printed as 0.
    assert_eq!(tensor![1e-9, 2.0, 3e20].to_string(), "[1e-9,  2.0, 3e20]");
    assert_eq!(tensor![1, -1000].to_string(), "[    1, -1000]");
    assert_eq!(tensor![f32::NAN].to_string(), "[NaN]");
    // Elements that are not shown do not widen columns.
    let long =
        Tensor::<f32, shape![2000]>::from_fn(|[i]| if i == 500 { 1e30 } else { (i % 10) as f32 });
    assert_eq!(long.to_string(), "[0.0, 1.0, 2.0, ..., 7.0, 8.0, 9.0]");
}

/// A float is printed with the digits that distinguish it from its neighbours, and no others.
#[test]
fn floats_have_their_shortest_digits() {
    assert_eq!(tensor![0.1f32, 0.7].to_string(), "[0.1, 0.7]");
    assert_eq!(tensor![0.3f32, 16777216.0].to_string(), "[       0.3, 16777216.0]");
    assert_eq!(tensor![1e10f32, 3.3].to_string(), "[10000000000.0,           3.3]");
    assert_eq!(tensor![123456789012.1f64].to_string(), "[123456789012.1]");
    assert_eq!(tensor![1.0f32 / 3.0, 0.5].to_string(), "[0.33333334, 0.50000000]");
    assert_eq!(tensor![1e300; ].to_string(), "1e300");
    assert_eq!(tensor![1.0f32; ].to_string(), "1.0");
}

#[test]
fn printing_with_a_width_a_sign_and_a_precision() {
    let x = tensor![[1.0, -20.0], [0.125, f64::NAN]];
    assert_eq!(format!("{x:8}"), "[[   1.000,  -20.000],\n [   0.125,      NaN]]");
    assert_eq!(format!("{x:+.1}"), "[[ +1.0, -20.0],\n [ +0.1,   NaN]]");
    assert_eq!(format!("{x:<8.2}"), "[[1.00    , -20.00  ],\n [0.12    , NaN     ]]");
    assert_eq!(
        format!("{:*^5} {:03}", tensor![1, 20], tensor![1, -2]),
        "[**1**, *20**] [001, -02]"
    );
    assert_eq!(
        format!("{:.0} {:.2}", tensor![true], tensor![true, false]),
        "[true] [ true, false]"
    );
}
