//! Which operations allocate, counted by an allocator in this file.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use shapewright::{Array, Tensor, TensorView, array, broadcast_shapes, prelude::*, shape};

/// The system's allocator, with a count of the calls of each thread.
struct Counting;

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.alloc(layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, len: usize) -> *mut u8 {
        CALLS.set(CALLS.get() + 1);
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.realloc(at, layout, len) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The number of allocations that `body` makes on this thread.
fn allocations(body: impl FnOnce()) -> usize {
    let before = CALLS.get();
    body();
    CALLS.get() - before
}

#[test]
fn it_counts() {
    assert_eq!(allocations(|| drop(vec![1, 2, 3])), 1);
    assert_eq!(allocations(|| ()), 0);
}

#[test]
fn assigning_into_what_exists() {
    let x = Tensor::<f32, shape![100, 50]>::full(3.0);
    let (row, column) = (Tensor::<f32, shape![50]>::ones(), Tensor::<f32, shape![100, 1]>::ones());
    let mut out = Tensor::<f32, shape![100, 50]>::zeros();
    assert_eq!(allocations(|| out.assign(&x)), 0);
    assert_eq!(allocations(|| out.assign((&x - &row) * 2.0 + 1.0)), 0);
    assert_eq!(allocations(|| out -= &column), 0);
    assert_eq!(
        allocations(|| out
            .assign(x.permute_dims((Axis::<1>, Axis::<0>)).permute_dims((Axis::<1>, Axis::<0>)))),
        0
    );
    // Scratch for smaller sub-expressions and reductions is not on the heap, up to 16 KiB.
    assert_eq!(allocations(|| out.assign((&x - &row) / (&row + 1e-5).sqrt())), 0);
    assert_eq!(
        allocations(|| out.assign((&x - x.mean_axis(Axis::<0>)) / x.std_axis(Axis::<1>).keepdims())),
        0
    );
    assert_eq!(allocations(|| out /= (&column + 1.0).sqrt()), 0);
    assert_eq!(allocations(|| out.view_mut().assign(x.sum_axis(Axis::<1>).keepdims())), 0);
    let scratch = Tensor::<f32, shape![4000]>::ones();
    let mut wide = Tensor::<f32, shape![3, 4000]>::ones();
    assert_eq!(allocations(|| wide += &scratch + 1.0), 0);
}

/// Past 16 KiB the scratch is on the heap.
#[test]
fn large_scratch() {
    let row = Tensor::<f32, shape![5000]>::ones();
    let mut wide = Tensor::<f32, shape![3, 5000]>::ones();
    assert!(allocations(|| wide += &row + 1.0) > 0);
}

#[test]
fn tensors_are_one_allocation() {
    let x = Tensor::<f32, shape![100, 50]>::full(3.0);
    assert_eq!(allocations(|| drop(Tensor::<f32, shape![100, 50]>::zeros())), 1);
    assert_eq!(allocations(|| drop((&x * 2.0 + 1.0).to_tensor())), 1);
    assert_eq!(allocations(|| drop((&x - x.mean_axis(Axis::<0>)).to_tensor())), 1);
    assert_eq!(allocations(|| drop(x.clone())), 1);
    assert_eq!(allocations(|| drop(Tensor::<f32, shape![0, 3]>::zeros())), 0);
    // An owned operand is moved.
    let y = x.clone();
    assert_eq!(allocations(|| drop((y + 1.0).to_tensor())), 1);
}

#[test]
fn numbers_arrays_and_views_are_none() {
    let x = Tensor::<f32, shape![100, 50]>::full(3.0);
    assert_eq!(allocations(|| assert_eq!(x.sum(), 15000.0)), 0);
    assert_eq!(allocations(|| assert_eq!((&x - x.max()).square().mean(), 0.0)), 0);
    // The elements are equal, so their variance is 0.
    assert_eq!(allocations(|| assert!(x.var() < 1e-13)), 0);
    assert_eq!(allocations(|| assert!(x == x)), 0);
    let a: Array<f32, shape![2, 3]> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    assert_eq!(
        allocations(|| assert_eq!((a - a.mean_axis(Axis::<0>)).to_array()[[0, 0]], -1.5)),
        0
    );
    assert_eq!(
        allocations(|| assert_eq!(
            a.matmul(a.permute_dims((Axis::<1>, Axis::<0>))).to_array()[[0, 0]],
            14.0
        )),
        0
    );
    assert_eq!(
        allocations(|| assert_eq!(
            a.concat(&a, Axis::<0>).reshape(shape![3, 4]).to_array()[[2, 3]],
            6.0
        )),
        0
    );
    let memory = [0.5f32; 12];
    let view = || TensorView::<f32, shape![3, 4]>::new(&memory).unwrap();
    assert_eq!(allocations(|| assert_eq!((view() * 2.0).to_array()[[1, 1]], 1.0)), 0);
    assert_eq!(allocations(|| assert_eq!(broadcast_shapes(&[&[3, 1], &[4]]).unwrap(), [3, 4])), 0);
}
