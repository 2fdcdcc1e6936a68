//! Where the elements of a tensor are stored: large tensors never on the stack, zeros on pages that
//! nothing has touched yet, all aligned to 64 bytes.

use shapewright::{Array, Tensor, array, prelude::*, shape};

type Large = shape![4096, 4096];

/// Calls `body` on a thread with a small stack.
fn on_a_stack_of(kib: usize, body: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(kib * 1024).spawn(body).unwrap().join().unwrap();
}

#[test]
fn zeros_on_a_small_stack() {
    on_a_stack_of(64, || {
        let x = Tensor::<f32, Large>::zeros();
        assert_eq!(x[[4095, 4095]], 0.0);
    });
}

#[test]
fn full_on_a_small_stack() {
    on_a_stack_of(64, || {
        let x = Tensor::<f32, Large>::full(2.5);
        assert_eq!((x[[0, 0]], x[[4095, 4095]]), (2.5, 2.5));
    });
}

/// Without optimisation an evaluation takes most of 64 KiB, and passing it to other threads takes
/// some more.
#[test]
fn expressions_on_a_small_stack() {
    on_a_stack_of(if cfg!(all(feature = "rayon", debug_assertions)) { 128 } else { 64 }, || {
        let x = Tensor::<f32, Large>::ones();
        let column = Tensor::<f32, shape![4096, 1]>::full(0.5);
        let y = ((&x - &column) * 2.0).to_tensor();
        assert_eq!((y[[0, 0]], y[[4095, 4095]]), (1.0, 1.0));
    });
}

/// Large intermediate results of an expression are on the heap: here 2 MB each.
///
/// Without optimisation the accumulators of a reduction take some 100 KiB of stack.
#[test]
fn scratch_on_a_small_stack() {
    on_a_stack_of(1024, || {
        let x = Tensor::<f32, shape![2, 524288]>::ones();
        let y = (&x - x.mean_axis(Axis::<0>) + x.sum_axis(Axis::<0>) * 2.0).to_tensor();
        assert_eq!(y[[1, 524287]], 4.0);
        let joined = x.concat(x.permute_dims((Axis::<0>, Axis::<1>)), Axis::<0>).to_tensor();
        assert_eq!((joined.sum(), joined.clone()[[3, 0]]), (2_097_152.0, 1.0));
    });
}

/// Each reduction of an expression frees the stack that it used, in unoptimised builds too.
#[test]
fn many_reductions_on_a_small_stack() {
    on_a_stack_of(1024, || {
        let x = Tensor::<f64, shape![200, 5000]>::ones();
        let centered = &x - x.mean_axis(Axis::<0>);
        let y =
            (centered / (x.var_axis(Axis::<0>) + 1e-5).sqrt() + x.max_axis(Axis::<0>)).to_tensor();
        assert_eq!(y[[199, 4999]], 1.0);
    });
}

/// The resident memory of the process in bytes, if the system reports it.
fn resident() -> Option<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    // The second number, in pages; pages are 4 KiB or larger.
    statm.split_whitespace().nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}

/// 512 MB of zeros take no memory until they are written. (The other tests of this file may take
/// 250 MB meanwhile.)
#[test]
fn zeros_are_lazy() {
    let Some(before) = resident() else { return };
    let x = Tensor::<f32, shape![131072, 1024]>::zeros();
    assert_eq!(x[[131071, 1023]], 0.0);
    let after = resident().unwrap();
    assert!(after < before + 384 * 1024 * 1024, "{before} bytes became {after}");
}

#[test]
fn alignment() {
    macro_rules! aligned {
        ($($t:ty: $($axis:literal)*;)*) => {$($(
            let x = Tensor::<$t, shape![$axis]>::zeros();
            assert_eq!(x.as_slice().as_ptr().align_offset(64), 0);
            let x = x.lazy().to_tensor();
            assert_eq!(x.as_slice().as_ptr().align_offset(64), 0);
            let x = x.clone();
            assert_eq!(x.as_slice().as_ptr().align_offset(64), 0);
        )*)*};
    }
    aligned! {
        f32: 0 1 2 3 15 16 17 1000;
        f64: 0 1 7 8 9;
        u8: 0 1 63 64 65 4097;
        bool: 1 100;
    }
    let vec = vec![1.0f32; 100];
    let x = Tensor::<f32, shape![100]>::from_vec(vec).unwrap();
    assert_eq!(x.as_slice().as_ptr().addr() % 64, 0);
}

/// Views and rearranged tensors copy nothing.
#[test]
fn views_are_where_their_tensor_is() {
    let x = Tensor::<f32, shape![3, 4]>::ones();
    let at = |i, j| core::ptr::from_ref(&x[[i, j]]);
    assert_eq!(core::ptr::from_ref(&x.view()[[1, 2]]), at(1, 2));
    let turned = x.permute_dims((Axis::<1>, Axis::<0>)).view();
    assert_eq!(core::ptr::from_ref(&turned[[2, 1]]), at(1, 2));
    let part = x.slice(Axis::<1>, Span::<1, 2, 2>).view();
    assert_eq!(core::ptr::from_ref(&part[[2, 1]]), at(2, 3));
    let stretched = x.expand_dims(Axis::<0>).view();
    let stretched = stretched.broadcast_to(shape![9, 3, 4]).view();
    assert_eq!(core::ptr::from_ref(&stretched[[7, 0, 3]]), at(0, 3));
}

/// An array consists of its elements only.
#[test]
fn arrays_are_their_elements() {
    assert_eq!(size_of::<Array<f32, shape![3, 4]>>(), 48);
    assert_eq!(align_of::<Array<f64, shape![3, 4]>>(), 8);
    assert_eq!(size_of::<Array<u8, ()>>(), 1);
    assert_eq!(size_of::<Array<u8, shape![0, 3]>>(), 0);
    let x = array![[1u8, 2], [3, 4]];
    assert_eq!(core::ptr::from_ref(&x).cast::<u8>(), x.as_slice().as_ptr());
}
