//! Tensors without elements whose other lengths, and strides, are as large as possible: nothing is
//! accessed, so no computation on them may overflow. (`cargo test` builds with overflow checks.)

use shapewright::io::npy;
use shapewright::{Array, Dim, One, Tensor, TensorView, prelude::*, shape};

/// The maximum length.
const MOST: usize = isize::MAX as usize;
/// The product of two such lengths is the largest power of two below [`MOST`].
const HALF: usize = 1 << (usize::BITS / 2 - 1);
/// This number of elements of 8 bytes takes one byte more than a `usize` can count.
const EIGHTH: usize = 1 << (usize::BITS - 3);

type Wide = shape![0, { MOST }];
type Tall = shape![{ MOST }, 0];
type Deep = shape![{ HALF }, 0, { HALF }];

/// There is no element at any index, whatever the strides: they may be arbitrary if there is
/// nothing to access.
#[test]
fn an_index_is_out_of_range_whatever_the_strides() {
    for strides in
        [[isize::MAX, 1], [isize::MIN, isize::MIN], [isize::MAX, isize::MAX], [-1, isize::MIN]]
    {
        for first in [0, 1, usize::MAX] {
            let view = TensorView::<f32, shape![5, 0]>::with_strides(&[], first, strides).unwrap();
            for index in [[4, 0], [0, 0], [4, usize::MAX], [usize::MAX, 0], [usize::MAX; 2]] {
                assert_eq!(view.get(index), None);
                assert_eq!(view.view().get(index), None);
                assert_eq!(view.expand_dims(Axis::<0>).view().get([0, index[0], index[1]]), None);
            }
            let part = view.slice(Axis::<0>, Span::<1, 2, 2>).view();
            assert_eq!(part.get([1, 0]), None);
            let turned = view.permute_dims((Axis::<1>, Axis::<0>)).view();
            assert_eq!(turned.get([0, 4]), None);
            assert_eq!(turned.to_string(), "[]");
            assert_eq!(view.to_string(), "[[],\n [],\n [],\n [],\n []]");
            assert_eq!(view.sum_axis(Axis::<1>).to_array(), Array::<f32, shape![5]>::zeros());
            assert_eq!((&view + 1.0).to_array(), view);
            assert_eq!(view.matmul(&turned).to_array(), Array::<f32, shape![5, 5]>::zeros());
        }
    }
}

#[test]
#[should_panic(expected = "index [4, 0] is out of range for shape (5, 0)")]
fn an_index_is_told_whatever_the_strides() {
    let view = TensorView::<f32, shape![5, 0]>::with_strides(&[], 0, [isize::MAX, 1]).unwrap();
    let _ = view[[4, 0]];
}

/// Along an axis of length 1 the stride may have any value, because it is only multiplied by the
/// index 0.
#[test]
fn strides_along_a_length_of_one() {
    type S = (Dim<1>, Dim<3>, One);
    let view =
        TensorView::<i32, S>::with_strides(&[1, 2, 3], 2, [isize::MIN, -1, isize::MAX]).unwrap();
    assert_eq!((view.get([0, 2, 0]), view.get([1, 0, 0])), (Some(&1), None));
    assert_eq!((&view * 2).to_tensor().as_slice(), [6, 4, 2]);
    assert_eq!(view.sum_axis((Axis::<0>, Axis::<2>)).to_tensor().as_slice(), [3, 2, 1]);
    let far = view.slice(Axis::<0>, Span::<0, 1, { isize::MAX }>).view();
    assert_eq!(far.get([0, 1, 0]), Some(&2));
    assert_eq!(
        far.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)).to_tensor().as_slice(),
        [3, 2, 1]
    );
    assert!(
        TensorView::<i32, S>::with_strides(&[1, 2, 3], 3, [isize::MIN, -1, isize::MAX]).is_err()
    );
    assert!(TensorView::<i32, S>::with_strides(&[1, 2, 3], usize::MAX, [0, 1, 0]).is_err());
    assert!(TensorView::<i32, S>::with_strides(&[1, 2, 3], 0, [0, isize::MAX, 0]).is_err());
}

#[test]
fn elementwise() {
    macro_rules! of {
        ($($shape:ty)*) => {$({
            let x = Tensor::<f64, $shape>::zeros();
            let y = (&x + 1.0).to_tensor();
            assert_eq!((y.len(), &y), (0, &x));
            assert_eq!((&x * &y - x.exp()).to_tensor(), x);
            assert_eq!(x.clip(0.0, &y).to_tensor(), x);
            assert_eq!(x.greater(&y).where_(&x, 2.0).to_tensor(), x);
            let mut z = x.clone();
            z.assign(&x - &y);
            z *= x.sqrt();
            z += 1.0;
            assert_eq!(z, x);
            assert!(x.map(|x| x as f32).to_tensor().as_slice().is_empty());
            assert_eq!(TensorView::<f64, $shape>::new(&[]).unwrap(), x);
            assert_eq!(TensorView::<f64, $shape>::from_bytes(&[]).unwrap(), x);
            assert_eq!(npy::from_bytes::<f64, $shape>(&npy::to_bytes(&x)).unwrap(), x);
        })*};
    }
    of! { Wide Tall Deep }
}

#[test]
fn reductions() {
    macro_rules! of {
        ($($shape:ty)*) => {$({
            let x = Tensor::<f64, $shape>::zeros();
            assert_eq!((x.sum(), x.prod(), x.count_nonzero()), (0.0, 1.0, 0));
            assert!(x.mean().is_nan() && x.var().is_nan() && x.std().is_nan());
            assert_eq!((x.moments().count(), x.logsumexp()), (0, f64::NEG_INFINITY));
        })*};
    }
    of! { Wide Tall Deep }

    let (wide, tall, deep) =
        (Tensor::<f64, Wide>::zeros(), Tensor::<f64, Tall>::zeros(), Tensor::<f64, Deep>::zeros());
    // Without results there is nothing to compute.
    assert_eq!(wide.sum_axis(Axis::<1>).to_tensor().len(), 0);
    assert_eq!(wide.var_axis(Axis::<1>).keepdims().to_tensor().len(), 0);
    assert_eq!(wide.moments_axis(Axis::<1>).to_tensors().0.len(), 0);
    assert_eq!(wide.logsumexp_axis(Axis::<1>).to_tensor().len(), 0);
    assert_eq!((&wide + 1.0).max_axis(Axis::<1>).to_tensor().len(), 0);
    assert_eq!(tall.sum_axis(Axis::<0>).to_tensor().len(), 0);
    assert_eq!(tall.exp().mean_axis(Axis::<0>).to_tensor().len(), 0);
    assert_eq!(deep.sum_axis(Axis::<0>).to_tensor().len(), 0);
    assert_eq!(deep.var_axis(Axis::<2>).to_tensor().len(), 0);
    assert_eq!(deep.sum_axis((Axis::<0>, Axis::<2>)).to_tensor().len(), 0);
    assert_eq!((&wide - wide.mean_axis(Axis::<1>).keepdims()).to_tensor(), wide);
    assert_eq!(wide.softmax(Axis::<1>).to_tensor(), wide);
    assert_eq!(wide.log_softmax(Axis::<0>).to_tensor(), wide);
    assert_eq!(tall.softmax(Axis::<0>).to_tensor(), tall);
    assert_eq!(deep.softmax(Axis::<1>).to_tensor(), deep);
    assert_eq!(deep.softmax((Axis::<0>, Axis::<2>)).to_tensor(), deep);
    // A few results are computed from no elements.
    let few = Tensor::<f32, shape![40, 0, { HALF }]>::zeros();
    assert_eq!(few.sum_axis((Axis::<1>, Axis::<2>)).to_array(), Array::<f32, shape![40]>::zeros());
    let any = few.greater(0.0).any_axis((Axis::<1>, Axis::<2>)).to_array();
    assert_eq!(any, Array::<bool, shape![40]>::splat(false));
}

#[test]
fn rearranged() {
    let (wide, tall) = (Tensor::<f64, Wide>::zeros(), Tensor::<f64, Tall>::zeros());
    assert_eq!(wide.permute_dims((Axis::<1>, Axis::<0>)).to_tensor(), tall);
    assert_eq!((&wide + 1.0).permute_dims((Axis::<1>, Axis::<0>)).to_tensor(), tall);
    assert_eq!(wide.reshape_to(tall.shape()).to_tensor(), tall);
    assert_eq!((&tall * 2.0).reshape_to(wide.shape()).sqrt().to_tensor(), wide);
    assert_eq!(wide.flatten_to(Dim::<0>).to_tensor().len(), 0);
    assert_eq!(wide.slice(Axis::<1>, Span::<{ MOST as isize - 1 }, 1>).to_tensor().len(), 0);
    assert_eq!(
        tall.slice(Axis::<0>, Span::<1, { MOST / 2 }, 2>).view().get([MOST / 2 - 1, 0]),
        None
    );
    assert_eq!(tall.expand_dims(Axis::<1>).squeeze(Axis::<1>).to_tensor(), tall);
    assert_eq!(wide.concat_to(&wide, Axis::<0>, Dim::<0>).to_tensor(), wide);
    let half = Tensor::<f64, shape![0, { MOST / 2 }]>::zeros();
    assert_eq!(half.concat_to(&half, Axis::<1>, Dim::<{ MOST - 1 }>).to_tensor().len(), 0);
    let column = Tensor::<f64, shape![0, 1]>::zeros();
    assert_eq!(column.broadcast_to(wide.shape()).to_tensor(), wide);
    assert_eq!((&wide + &column).to_tensor(), wide);
    let row = Tensor::<f64, shape![0]>::zeros();
    assert_eq!((&tall * &row).to_tensor(), tall);
}

#[test]
fn products() {
    let (wide, tall) = (Tensor::<f64, Wide>::zeros(), Tensor::<f64, Tall>::zeros());
    assert_eq!(wide.matmul(&tall).to_tensor().len(), 0);
    assert_eq!((&wide + 1.0).matmul(&tall).sum(), 0.0);
    let batches = Tensor::<i32, shape![{ HALF }, 0, 2]>::zeros();
    assert_eq!(batches.matmul(&Tensor::<i32, shape![2, 3]>::ones()).to_tensor().len(), 0);
}

/// An array without elements takes no bytes, even with the maximum number of rows.
#[test]
fn arrays() {
    let x = Array::<f64, Tall>::splat(1.0);
    assert_eq!((x.len(), size_of_val(&x)), (0, 0));
    assert_eq!((&x + 1.0).to_array(), x);
    assert_eq!(x.get([MOST - 1, 0]), None);
}

/// Printing a tensor without elements abbreviates its long axes, as for any other tensor.
#[test]
fn printed() {
    let rows = "[[],\n [],\n [],\n ...,\n [],\n [],\n []]";
    assert_eq!(Tensor::<f64, Tall>::zeros().to_string(), rows);
    assert_eq!(Tensor::<f64, Wide>::zeros().to_string(), "[]");
    assert_eq!(Tensor::<f64, Deep>::zeros().to_string().matches("[]").count(), 6);
    let cube = Tensor::<f64, shape![1000, 1000, 1000, 0]>::zeros();
    assert_eq!(cube.to_string().matches("[]").count(), 6 * 6 * 6);
}

/// A tensor that exceeds memory is a panic where it would be allocated, and not an error of the
/// build.
#[test]
#[should_panic(expected = "capacity overflow")]
fn scratch_that_no_memory_has() {
    let x = Tensor::<f64, shape![1]>::ones();
    let large = x.broadcast_to(shape![2, { EIGHTH / 2 }]) * 2.0;
    let _ = large.permute_dims((Axis::<1>, Axis::<0>)).sum();
}

#[test]
#[should_panic(expected = "take more memory than there can be")]
fn a_tensor_that_no_memory_has() {
    let x = Tensor::<f64, shape![1]>::ones();
    let _ = (x.broadcast_to(shape![2, { EIGHTH / 2 }]) * 2.0).to_tensor();
}
