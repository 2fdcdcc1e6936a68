//! Parts by run-time numbers, iterators, and vectors aligned with an axis.

use shapewright::{Dim, Dyn, Length, Tensor, TensorView, dim, prelude::*, shape, tensor};

dim!(Batch, Channels = 3);

fn cube() -> Tensor<i32, shape![2, 3, 4]> {
    Tensor::<i32, shape![2, 3, 4]>::from_fn(|[i, j, k]| (100 * i + 10 * j + k) as i32)
}

#[test]
fn an_index_of_each_axis() {
    let x = cube();
    assert_eq!(
        x.index_axis(Axis::<0>, 1),
        Tensor::<i32, shape![3, 4]>::from_fn(|[j, k]| (100 + 10 * j + k) as i32)
    );
    assert_eq!(
        x.index_axis(Axis::<1>, 2),
        Tensor::<i32, shape![2, 4]>::from_fn(|[i, k]| (100 * i + 20 + k) as i32)
    );
    assert_eq!(
        x.index_axis(Axis::<-1>, 3),
        Tensor::<i32, shape![2, 3]>::from_fn(|[i, j]| (100 * i + 10 * j + 3) as i32)
    );
    assert_eq!(x.row(1).row(2).row(3).item(), 123);
    assert!(x.get_axis(Axis::<1>, 3).is_none());
    let transposed = x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).to_tensor();
    assert_eq!(transposed.row(1), x.index_axis(Axis::<2>, 1));
}

#[test]
fn parts_of_views_with_strides() {
    let x = cube();
    let backwards = x.slice(Axis::<2>, Span::<-1, 4, -1>);
    let backwards = backwards.view();
    assert_eq!(backwards.index_axis(Axis::<2>, 0), x.index_axis(Axis::<2>, 3));
    assert_eq!(backwards.narrow(Axis::<2>, 1, Dim::<2>).row(0).row(0), tensor![2, 1]);
    let rows = x.row(1);
    let stretched = rows.index_axis(Axis::<0>, 0).broadcast_to(shape![5, 4]).to_tensor();
    assert_eq!(stretched.axis_iter(Axis::<0>).len(), 5);
}

/// A part of length 1 stretches only after it is renamed, and then reads its one row.
#[test]
fn a_row_that_is_renamed_stretches() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let row = x.narrow(Axis::<0>, 1, Dim::<1>).rename::<shape![1, 3]>();
    let y = (Tensor::<i32, shape![5, 3]>::zeros() + row).to_tensor();
    assert!(y.axis_iter(Axis::<0>).all(|row| row == tensor![4, 5, 6]));
    let lane = tensor![[7, 8]].lanes(Axis::<0>).next().unwrap().broadcast_to(shape![9]).to_tensor();
    assert_eq!(lane, tensor![7; 9]);
}

#[test]
fn ranges() {
    let x = tensor![0, 1, 2, 3, 4];
    assert_eq!(x.narrow(Axis::<0>, 1, Dim::<3>), tensor![1, 2, 3]);
    let all: Vec<i32> = x.slice_range(Axis::<0>, ..).iter().copied().collect();
    assert_eq!(all, [0, 1, 2, 3, 4]);
    assert_eq!(x.slice_range(Axis::<0>, 1..=3).sum(), 6);
    assert_eq!(x.slice_range(Axis::<0>, 5..).shape().lengths(), [0]);
    let y: Tensor<i32, shape![?Batch, 2]> = Tensor::from_vec((0..10).collect()).unwrap();
    let piece: TensorView<i32, shape![?Batch, 2]> = y.narrow(Batch, 1, Batch.of(2));
    assert_eq!((y.sum_axis(Batch).to_tensor(), piece.sum()), (tensor![20, 25], 14));
}

#[test]
fn parts_are_written_to() {
    let mut x = tensor![[1, 2, 3], [4, 5, 6]];
    x.row_mut(0).assign(tensor![7, 8, 9]);
    let mut column = x.index_axis_mut(Axis::<1>, 1);
    column += 100;
    x.slice_range_mut(Axis::<1>, 2..).assign(0);
    x.narrow_mut(Axis::<0>, 1, Dim::<1>).iter_mut().for_each(|x| *x = -*x);
    assert_eq!(x, tensor![[7, 108, 0], [-4, -105, 0]]);
    assert!(x.get_axis_mut(Axis::<0>, 2).is_none());
    x.map_in_place(|x| x.max(0));
    assert_eq!(x, tensor![[7, 108, 0], [0, 0, 0]]);
}

#[track_caller]
fn refused<R>(of: impl FnOnce() -> R) -> String {
    let caught =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(of)).err().expect("not refused");
    caught
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| caught.downcast_ref::<&str>().unwrap().to_string())
}

#[test]
fn indices_out_of_range_are_refused() {
    let mut x = cube();
    assert_eq!(
        refused(|| x.row(2).sum()),
        "index 2 is out of range for axis -3 of length 2 of shape `(2, 3, 4)`"
    );
    assert_eq!(
        refused(|| x.row_mut(9).assign(1)),
        "index 9 is out of range for axis -3 of length 2 of shape `(2, 3, 4)`"
    );
    let named: Tensor<i32, shape![?Batch, Channels]> =
        Tensor::ones_of(shape![Batch.of(2), Channels]);
    assert_eq!(
        refused(|| named.index_axis(Channels, 3).sum()),
        "index 3 is out of range for Channels of length 3 of shape `(2, 3)`"
    );
    let text = "3 indices from 2 on are out of range for axis -1 of length 4 of shape `(2, 3, 4)`";
    assert_eq!(refused(|| x.narrow(Axis::<2>, 2, Dim::<3>).sum()), text);
    assert_eq!(refused(|| x.slice_range(Axis::<2>, 2..5).sum()), text);
    assert_eq!(refused(|| x.narrow_mut(Axis::<2>, 2, Dim::<3>).sum()), text);
    assert_eq!(
        refused(|| x.narrow(Axis::<2>, usize::MAX, Dim::<3>).sum()),
        format!(
            "3 indices from {} on are out of range for axis -1 of length 4 of shape `(2, 3, 4)`",
            usize::MAX
        )
    );
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is refused")]
    let backwards = 3..1;
    assert_eq!(
        refused(|| x.slice_range(Axis::<2>, backwards).sum()),
        "the range starts at 3 and ends at 1"
    );
    assert_eq!(
        refused(|| x.axis_chunks(Axis::<0>, 0).len()),
        "pieces of an axis have at least one index"
    );
}

/// Checks that an iterator yields the same from the front and from the back, and as many items as
/// its length says.
#[track_caller]
fn both_ends<
    I: DoubleEndedIterator<Item: PartialEq + std::fmt::Debug> + ExactSizeIterator + Clone,
>(
    all: I,
) {
    let forward: Vec<_> = all.clone().collect();
    let mut backward: Vec<_> = all.clone().rev().collect();
    backward.reverse();
    assert_eq!(forward, backward);
    assert_eq!(forward.len(), all.len());
    let (mut meeting, mut front, mut back) = (all, Vec::new(), Vec::new());
    while let Some(first) = meeting.next() {
        front.push(first);
        back.extend(meeting.next_back());
        assert_eq!(meeting.len(), forward.len() - front.len() - back.len());
    }
    front.extend(back.into_iter().rev());
    assert_eq!(front, forward);
}

#[test]
fn iterators_from_both_ends() {
    let x = cube();
    both_ends(x.iter());
    both_ends(x.indexed_iter());
    both_ends(x.axis_iter(Axis::<1>));
    both_ends(x.axis_chunks(Axis::<2>, 3));
    both_ends(x.lanes(Axis::<1>));
    both_ends(x.slice(Axis::<1>, Span::<-1, 2, -2>).view().iter());
    both_ends(Tensor::<i32, shape![2, 0, 3]>::zeros().iter());
    both_ends(Tensor::<i32, shape![2, 0, 3]>::zeros().lanes(Axis::<1>));
    both_ends(Tensor::<i32, shape![]>::zeros().iter());
}

#[test]
fn iterators_give_each_element_in_order() {
    let mut x = cube();
    assert!(x.iter().eq(x.as_slice()));
    assert!(x.indexed_iter().all(|(index, &element)| x[index] == element));
    assert_eq!(
        x.axis_iter(Axis::<2>).map(|part| part.sum()).collect::<Vec<_>>(),
        [360, 366, 372, 378]
    );
    let widths: Vec<usize> = x.axis_chunks(Axis::<2>, 3).map(|part| part.shape().2.len()).collect();
    assert_eq!(widths, [3, 1]);
    let firsts: Vec<i32> = x.lanes(Axis::<1>).map(|lane| lane[[0]]).collect();
    assert_eq!(firsts, [0, 1, 2, 3, 100, 101, 102, 103]);
    for element in &mut x {
        *element += 1;
    }
    assert_eq!((&x).into_iter().copied().sum::<i32>(), x.sum());
    x.iter_mut().rev().enumerate().for_each(|(number, element)| *element = number as i32);
    assert_eq!(x[[0, 0, 0]], 23);
}

#[test]
fn vectors_along_an_axis() {
    let x = Tensor::<f64, shape![2, 3, 4, 5]>::from_fn(|[n, c, h, w]| (n + 10 * c + h * w) as f64);
    let mean = x.mean_axis((Axis::<0>, Axis::<2>, Axis::<3>)).to_tensor();
    let centered = (&x - mean.along(&x, Axis::<1>)).to_tensor();
    let kept = (&x - x.mean_axis((Axis::<0>, Axis::<2>, Axis::<3>)).keepdims()).to_tensor();
    assert_eq!(centered, kept);
    let last = tensor![1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!((&x * last.along(&x, Axis::<3>)).to_tensor(), (&x * &last).to_tensor());
    let rows: Tensor<f32, shape![?Batch, Channels]> =
        Tensor::ones_of(shape![Batch.of(2), Channels]);
    let weights: Tensor<f32, shape![?Batch]> = vec![1.0, 2.0].into();
    assert_eq!((&rows * weights.along(&rows, Batch)).sum(), 9.0);
}

#[test]
fn turned_and_flipped() {
    let x = cube();
    assert_eq!(x.row(0).t().to_tensor()[[3, 1]], 13);
    assert_eq!(x.flip(Axis::<0>).flip(Axis::<2>).to_tensor()[[0, 1, 0]], 113);
    let empty = Tensor::<i32, _>::zeros_of(shape![Dyn::of(0), 2]);
    assert_eq!(empty.flip(Axis::<0>).to_tensor().shape().lengths(), [0, 2]);
}

/// Everything is available for code over any length, without a where clause.
fn generic<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> f32 {
    let mut y = (x.t().to_tensor()).t().flip(Axis::<0>).to_tensor();
    y.row_mut(0).assign(1.0);
    let columns: f32 = y.axis_iter(Axis::<1>).map(|column| column.sum()).sum();
    let pieces: f32 = y.axis_chunks(Axis::<0>, 2).map(|rows| rows.sum()).sum();
    let lanes: f32 = y.lanes(Axis::<0>).map(|lane| lane.sum()).sum();
    let part = y.slice_range(Axis::<1>, ..1).sum() + y.narrow(Axis::<0>, 0, Dim::<1>).sum();
    let centered = x - x.mean_axis(Axis::<1>).along(x, Axis::<0>);
    columns + pieces + lanes + part + centered.sum() + y.iter().sum::<f32>()
        - y.index_axis(Axis::<1>, 0).sum()
}

#[test]
fn parts_in_generic_code() {
    let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    assert_eq!(generic(&x), 4.0 * 9.0 + 2.0 + 3.0 - 2.0);
}

#[test]
fn parts_of_numbers_in_the_source_are_written_to() {
    let mut x = tensor![[1, 2, 3], [4, 5, 6]];
    x.slice_mut(Axis::<1>, Span::<-1, 2, -2>).assign(tensor![[30, 10], [60, 40]]);
    assert_eq!(x, [[10, 2, 30], [40, 5, 60]]);
    x.t().view().row(1).iter().for_each(|x| assert!(*x < 10));
    let mut y: Tensor<i32, shape![?Batch, 2]> = Tensor::from_vec((0..6).collect()).unwrap();
    let mut last = y.slice_mut(Batch, Span::<-1, 1>);
    last += 100;
    assert_eq!(y, [[0, 1], [2, 3], [104, 105]]);
    let past = std::panic::catch_unwind(move || y.slice_mut(Batch, Span::<2, 2>).assign(0));
    let text = *past.unwrap_err().downcast::<String>().unwrap();
    assert!(
        text.starts_with("cannot slice Batch of length 3 of shape `(3, 2)`: 2 indices from 2"),
        "{text}"
    );
}

/// A part of a run-time axis has its name, so code written for the axis accepts the part.
#[test]
fn parts_keep_a_name_of_run_time() {
    fn mean(x: TensorView<f32, shape![?Batch, 2]>) -> Tensor<f32, shape![2]> {
        x.mean_axis(Batch).to_tensor()
    }
    let x: Tensor<f32, shape![?Batch, 2]> = vec![[1.0, 2.0], [3.0, 6.0], [5.0, 5.0]].into();
    assert_eq!(mean(x.slice_range(Batch, ..2)), [2.0, 4.0]);
    let means: Vec<_> = x.axis_chunks(Batch, 2).map(mean).collect();
    assert_eq!(means, [tensor![2.0, 4.0], tensor![5.0, 5.0]]);
    let mut y = x.clone();
    y.axis_chunks_mut(Batch, 2).for_each(|mut piece| piece -= mean(piece.view()));
    assert_eq!(y, [[-1.0, -2.0], [1.0, 2.0], [0.0, 0.0]]);
    // A length that is not a run-time name loses its name.
    let nameless: TensorView<f32, shape![?Batch, ?]> = x.slice_range(Axis::<1>, 1..);
    assert_eq!(nameless, [[2.0], [6.0], [5.0]]);
}

/// The result of a function of a view lives as long as the memory of the view.
#[test]
fn parts_of_views_outlive_them() {
    fn corner<'a>(
        x: TensorView<'a, i32, shape![2, 2]>,
    ) -> (TensorView<'a, i32, shape![2]>, &'a i32) {
        (x.into_row(1), x.into_iter().next_back().unwrap())
    }
    let mut x = tensor![[1, 2], [3, 4]];
    let (row, last) = corner(x.view());
    assert_eq!((row, last), (tensor![3, 4].view(), &4));
    x.view_mut().into_iter().for_each(|x| *x = -*x);
    assert_eq!(x, [[-1, -2], [-3, -4]]);
}

#[test]
fn several_new_axes() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let each = x.expand_dims((Axis::<0>, Axis::<2>)).to_tensor();
    assert_eq!(each, [[[[1, 2, 3]], [[4, 5, 6]]]]);
    let from_the_end = x.expand_dims((Axis::<-1>, Axis::<-3>)).to_tensor();
    assert_eq!(from_the_end, [[[[1], [2], [3]]], [[[4], [5], [6]]]]);
    let both = x.expand_dims((Axis::<0>, Axis::<-1>, Axis::<2>)).to_tensor();
    assert_eq!(both.shape().lengths(), [1, 2, 1, 3, 1]);
    // Together with an existing axis of length 1, and stretched along all of them.
    let row = tensor![[7, 8, 9]];
    let wide = row.expand_dims((Axis::<0>, Axis::<3>)).broadcast_to(shape![2, 2, 3, 4]).to_tensor();
    assert!(wide.indexed_iter().all(|([_, _, k, _], &x)| x == 7 + k as i32));
    let batch: Tensor<i32, shape![?Batch]> = vec![5, 6].into();
    let column = batch.expand_dims((Axis::<0>, Axis::<2>)).to_tensor();
    assert_eq!(column, [[[5], [6]]]);
}

#[test]
fn stacks_of_matrices_are_transposed() {
    fn gram<B: Length, N: Length, C: Length>(x: &Tensor<i32, (B, N, C)>) -> Tensor<i32, (B, C, C)> {
        x.matrix_transpose().matmul(x).to_tensor()
    }
    let x = cube();
    let turned = x.matrix_transpose().to_tensor();
    assert!(turned.indexed_iter().all(|([i, j, k], &y)| y == x[[i, k, j]]));
    assert_eq!(gram(&x).row(1), x.row(1).t().matmul(x.row(1)).to_tensor());
    assert_eq!(x.matrix_transpose().flip(Axis::<1>).view()[[1, 0, 2]], x[[1, 2, 3]]);
}
