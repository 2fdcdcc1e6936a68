//! How often an expression computes its parts: nothing before a destination is named, and a smaller
//! part once per element of its own.

use std::sync::atomic::{AtomicUsize, Ordering};

use shapewright::{Expr, Lazy, Tensor, array, prelude::*, shape, tensor};

type Wide = shape![100, 8];

/// The number of elements of [`Wide`] that a mean or a variance over axis 0 computes twice: the
/// rows after the last whole leaf, which are 4 of 100.
const TWICE: usize = 4 * 8;

/// A counter, and a function that counts its calls.
fn counted(calls: &AtomicUsize) -> impl Fn(f32) -> f32 + Sync {
    |x| {
        calls.fetch_add(1, Ordering::Relaxed);
        x
    }
}

#[test]
fn nothing_is_computed_before_a_destination_is_named() {
    let calls = AtomicUsize::new(0);
    let x = Tensor::<f32, Wide>::ones();
    let lazy = (x.map(counted(&calls)) * 2.0 - x.map(counted(&calls)).mean_axis(Axis::<0>)).abs();
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    let _ = lazy.to_tensor();
    assert_eq!(calls.load(Ordering::Relaxed), 1600 + TWICE);
}

#[test]
fn what_has_the_shape_of_the_result_is_computed_once() {
    let calls = AtomicUsize::new(0);
    let x = Tensor::<f32, Wide>::ones();
    let _ = (x.map(counted(&calls)) * 2.0 + 1.0).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).to_array();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let mut out = x.clone();
    out.assign(x.map(counted(&calls)));
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    out += x.map(counted(&calls));
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).sum();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).max_axis(Axis::<0>).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).reshape(shape![80, 10]).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = x.map(counted(&calls)).concat(&x, Axis::<0>).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
}

#[test]
fn a_smaller_part_is_computed_once_per_element_of_its_own() {
    let calls = AtomicUsize::new(0);
    let x = Tensor::<f32, Wide>::ones();
    let (row, column) = (Tensor::<f32, shape![8]>::ones(), Tensor::<f32, shape![100, 1]>::ones());
    let _ = (&x - row.map(counted(&calls))).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    let _ = (row.map(counted(&calls)) - &x).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    let _ = (&x * column.map(counted(&calls))).to_array();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 100);
    // Smaller parts that are nested, and two in one expression.
    let _ = ((&x - (row.map(counted(&calls)) + 1.0).sqrt()) / (column.map(counted(&calls)) * 2.0))
        .to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 108);
    let _ = x.clip(row.map(counted(&calls)), column.map(counted(&calls))).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 108);
    let _ = x.zip_with(row.map(counted(&calls)), |x, row| x + row).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    // If both operands stretch, each is computed once per element of its own.
    let _ = (column.map(counted(&calls)).stretch() + row.map(counted(&calls))).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 108);
    let (low, high) = (row.map(counted(&calls)), column.map(counted(&calls)));
    let _ = low.stretch().clip(high, 0.5).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 108);
    // In place, and under a reduction.
    let mut out = x.clone();
    out -= row.map(counted(&calls));
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    out.assign(row.map(counted(&calls)));
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    let _ = (&x - row.map(counted(&calls))).sum();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    let _ = (&x - row.map(counted(&calls))).mean_axis(Axis::<0>).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
    let _ = row.map(counted(&calls)).broadcast_to(x.shape()).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 8);
}

#[test]
fn a_reduction_inside_is_computed_once() {
    let calls = AtomicUsize::new(0);
    let x = Tensor::<f32, Wide>::ones();
    let _ = (&x - x.map(counted(&calls)).mean_axis(Axis::<0>)).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800 + TWICE);
    let _ = (&x - x.map(counted(&calls)).sum_axis(Axis::<1>).keepdims()).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = ((&x - x.map(counted(&calls)).max_axis(Axis::<0>)) * 2.0)
        .square()
        .sum_axis(Axis::<0>)
        .to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800);
    let _ = (&x - x.map(counted(&calls)).var_axis(Axis::<0>)).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 800 + TWICE);
    // A product is computed as a whole, too.
    let square = Tensor::<f32, shape![8, 8]>::ones();
    let _ = (x.matmul(square.map(counted(&calls))) - 1.0).to_tensor();
    assert_eq!(calls.swap(0, Ordering::Relaxed), 64);
}

#[test]
fn functions_may_be_shared_between_threads() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let x = Tensor::<f32, Wide>::ones();
    let lazy = x.map(|x| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        x
    });
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(move || assert_eq!(lazy.to_tensor().sum(), 800.0));
        }
    });
    assert_eq!(CALLS.load(Ordering::Relaxed), 1600);
}

/// Expressions of references are `Copy`, and have the same value each time.
#[test]
fn expressions_over_references_are_copies() {
    fn is_copy<T: Copy>(_: T) {}
    let (x, row) = (tensor![[1.0f32, 2.0], [3.0, 4.0]], tensor![10.0, 20.0]);
    let lazy = (&x - &row) * 2.0;
    is_copy(lazy);
    is_copy(lazy.sqrt().clip(0.0, &row));
    is_copy(x.mean_axis(Axis::<0>).keepdims());
    is_copy(x.permute_dims((Axis::<1>, Axis::<0>)).reshape(shape![4]));
    is_copy(x.matmul(&row));
    is_copy(x.concat(&x, Axis::<0>));
    is_copy(x.greater(2.0).where_(&x, lazy));
    is_copy(x.map(|x| x + 1.0).zip_with(&row, |a, b| a * b));
    is_copy(array![1.0f32, 2.0] + array![3.0, 4.0]);
    assert_eq!((lazy + lazy).to_tensor(), ((&x - &row) * 4.0).to_tensor());
    assert_eq!(lazy.to_tensor(), lazy.to_array());
}

/// A function takes and returns expressions that are not computed yet.
#[test]
fn expressions_pass_through_functions() {
    fn halved<S: Shape>(x: Lazy<impl Expr<Elem = f32, Shape = S>>) -> f32 {
        x.map(|x| x / 2.0).sum()
    }
    let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    assert_eq!(halved(x.lazy()), 5.0);
    assert_eq!(halved(&x * &x), 15.0);
}
