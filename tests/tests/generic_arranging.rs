//! Code that is generic over its lengths, `N: Length, C: Length` without where clauses, for the
//! operations that move elements and add more of them.
//!
//! The first test is that this file compiles, as in `generic_code.rs` for the other operations.

use shapewright::{
    Dim, Element, Integer, Length, Numeric, Tensor, TensorView, dim, prelude::*, shape, stack,
    tensor,
};

dim!(Batch = 4, Features = 3, Rows);

type Matrix<N, C> = Tensor<f32, (N, C)>;

fn matrix<N: Length, C: Length>(rows: N, columns: C) -> Matrix<N, C> {
    Tensor::from_fn_of((rows, columns), |[i, j]| (10 * i + j) as f32)
}

fn stacked<T: Element, N: Length, C: Length>(
    a: &Tensor<T, (N, C)>,
    b: &Tensor<T, (N, C)>,
) -> (Tensor<T, (Dim<2>, N, C)>, Tensor<T, (N, C, Dim<3>)>) {
    (a.stack(b, Axis::<0>).to_tensor(), stack([a, b, a], Axis::<-1>).to_tensor())
}

fn taken<J: Integer, N: Length, C: Length, K: Length, B: Length, T: Length>(
    x: &Matrix<N, C>,
    order: &Tensor<J, (K,)>,
    text: &Tensor<J, (B, T)>,
) -> (Matrix<K, C>, Tensor<f32, (B, T, C)>, Tensor<f32, (N, B, T)>) {
    (
        x.take(Axis::<0>, order).to_tensor(),
        x.take(Axis::<0>, text).to_tensor(),
        x.take(Axis::<1>, text).to_tensor(),
    )
}

fn row<N: Length, C: Length>(x: &Matrix<N, C>, index: usize) -> Tensor<f32, (C,)> {
    x.take(Axis::<0>, index).to_tensor()
}

fn windows<N: Length, C: Length, W: Length>(
    x: &Matrix<N, C>,
    count: W,
) -> (Tensor<f32, (W, C, Dim<2>)>, Tensor<f32, (N, C, Dim<1>)>) {
    // A window of one element keeps every axis, and needs no length arithmetic.
    (
        x.windows_to(Axis::<0>, Window::<2>, count).to_tensor(),
        x.windows(Axis::<1>, Window::<1, 1, 5>).to_tensor(),
    )
}

fn padded<T: Numeric, N: Length, C: Length, D: Length>(
    x: &Tensor<T, (N, C)>,
    longer: D,
) -> Tensor<T, (N, D)> {
    x.pad_to(Axis::<1>, Pad::<1, 2>, T::ONE, longer).to_tensor()
}

fn running<T: Numeric, N: Length, C: Length>(x: &Tensor<T, (N, C)>) -> [Tensor<T, (N, C)>; 3] {
    [
        x.cumsum(Axis::<0>).to_tensor(),
        x.cumprod(Axis::<1>).to_tensor(),
        x.zip_with(x, |a, b| a.plus(b)).cumsum(Axis::<-1>).to_tensor(),
    ]
}

fn triangles<T: Element, B: Length, N: Length, C: Length>(
    x: &Tensor<T, (B, N, C)>,
) -> [Tensor<T, (B, N, C)>; 2] {
    [x.tril(0).to_tensor(), x.triu(1).to_tensor()]
}

fn vectors<J: Integer, N: Length, C: Length>(labels: &Tensor<J, (N,)>, classes: C) -> Matrix<N, C> {
    labels.one_hot::<f32, _>(classes).to_tensor()
}

fn confusion<N: Length, C: Length>(
    scores: &Matrix<N, C>,
    labels: &Tensor<u8, (N,)>,
) -> Matrix<C, C> {
    let found = scores.argmax_axis(Axis::<1>).to_tensor();
    let classes = scores.shape().1;
    let (found, right) = (found.one_hot::<f32, _>(classes), labels.one_hot::<f32, _>(classes));
    right.t().matmul(found).to_tensor()
}

fn powers<N: Length, C: Length>(
    x: &Matrix<N, C>,
    exponents: &Tensor<f32, (C,)>,
) -> Tensor<bool, (N, C)> {
    x.pow(exponents).silu().is_finite().to_tensor()
}

fn check<N: Length, C: Length>(rows: N, columns: C) {
    let x = matrix(rows, columns);
    assert_eq!(x.shape().lengths(), [4, 3]);
    let (two, three) = stacked(&x, &x);
    assert_eq!((two[[1, 3, 2]], three[[3, 2, 2]]), (32.0, 32.0));
    let (shuffled, embedded, columns_taken) =
        taken(&x, &tensor![3u8, 0], &tensor![[2, 0, 1], [1, 1, 2]]);
    assert_eq!(
        (shuffled.row(0)[2], embedded[[0, 2, 1]], columns_taken[[3, 0, 0]]),
        (32.0, 11.0, 32.0)
    );
    assert_eq!(row(&x, 2).as_slice(), [20.0, 21.0, 22.0]);
    let (windows, same) = windows(&x, Dim::<3>);
    assert_eq!((windows[[2, 1, 1]], same[[3, 1, 0]]), (31.0, 31.0));
    let longer = padded(&x, Dim::<6>);
    assert_eq!(longer.row(3).to_vec(), [1.0, 30.0, 31.0, 32.0, 1.0, 1.0]);
    let [sums, products, doubled] = running(&x);
    assert_eq!((sums[[3, 2]], products[[3, 1]], doubled[[3, 2]]), (68.0, 930.0, 186.0));
    let [lower, upper] = triangles(&two);
    assert_eq!(
        (lower[[1, 0, 1]], lower[[1, 3, 2]], upper[[0, 0, 1]], upper[[0, 1, 1]]),
        (0.0, 32.0, 1.0, 0.0)
    );
    let labels: Tensor<u8, (N,)> = Tensor::from_fn_of((rows,), |[i]| [2, 2, 0, 2][i]);
    assert_eq!(
        vectors(&labels, columns).sum_axis(Axis::<0>).to_tensor().as_slice(),
        [1.0, 0.0, 3.0]
    );
    assert_eq!(confusion(&x, &labels).as_slice(), [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
    assert!(powers(&x, &row(&x, 0)).all());
}

#[test]
fn lengths_by_number_by_name_and_of_run_time() {
    check(Dim::<4>, Dim::<3>);
    check(Batch, Features);
    check(Rows.of(4), Dim::<3>);
    check(Batch, shapewright::Dyn::of(3));
}

/// The elements of a view are those of the tensor: windows that can be stored.
#[test]
fn windows_are_a_view() {
    fn pairs<N: Length, W: Length>(
        x: &Tensor<f32, (N,)>,
        count: W,
    ) -> TensorView<'_, f32, (W, Dim<2>)> {
        x.windows_to(Axis::<0>, Window::<2>, count).view()
    }
    let x = tensor![1.0, 2.0, 4.0, 7.0];
    let steps: Vec<f32> = pairs(&x, Dim::<3>).rows().map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(steps, [1.0, 2.0, 3.0]);
    let view: TensorView<'_, f32, shape![3, 2]> = pairs(&x, Dim::<3>);
    assert_eq!(view.t().view()[[1, 2]], 7.0);
}
