//! Code that is generic over its lengths: the bounds `N: Length, C: Length` without where clauses,
//! for every operation.
//!
//! The first test is that this file compiles. A bound that the code would have to repeat is a fault
//! of the crate.

use shapewright::nn::BatchNorm;
use shapewright::{
    Array, Dim, Dyn, Element, Expr, Extent, Float, IntoExpr, Lazy, Length, Numeric, One, Operand,
    Shape, StaticLength, StaticShape, Storage, StorageMut, Tensor, TensorView, TensorViewMut,
    array, dim, prelude::*, shape, tensor,
};
use shapewright_tests::same::assert_agree;
use shapewright_tests::values::scattered;

dim!(Batch = 4, Features = 3, Rows);

type Matrix<N, C> = Tensor<f32, (N, C)>;
type Row<C> = Tensor<f32, (C,)>;
type Column<N> = Tensor<f32, (N, One)>;

/// Calls the checks with lengths by number and by name, with a length of 1, and with the same
/// length twice.
macro_rules! each_shape {
    ($check:ident) => {
        $check::<Dim<4>, Dim<5>>();
        $check::<Batch, Features>();
    };
    ($check:ident, special) => {
        each_shape!($check);
        $check::<Dim<1>, Features>();
        $check::<Dim<3>, Dim<3>>();
    };
}

/// The same elements in concrete shapes, for comparison.
fn operands<N: StaticLength, C: StaticLength>() -> (Matrix<N, C>, Row<C>, Column<N>) {
    let shifted = |x: Tensor<f32, (N, C)>| (x - 0.3).to_tensor();
    (
        shifted(scattered()),
        (scattered::<(C,)>() + 0.2).to_tensor(),
        (scattered::<(N, One)>() + 0.1).to_tensor(),
    )
}

// ---- operators ------------------------------------------------------------------------------

fn arithmetic<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
    column: &Column<N>,
) -> [Matrix<N, C>; 6] {
    [
        (x + row).to_tensor(),
        (row - x).to_tensor(),
        (x * column).to_tensor(),
        (column / x).to_tensor(),
        (x % row - -x).to_tensor(),
        ((x - row) / (row * row + 1e-5).sqrt() * column + x * (column - 1.0)).to_tensor(),
    ]
}

fn scalars<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<N, C> {
    (2.0 * x + 1.0 - 1.0 / (x * x + 0.5) + (3.0 - x * x) % 7.0).to_tensor()
}

fn stretched<N: Length, C: Length>(
    column: &Column<N>,
    row: &Row<C>,
) -> (Matrix<N, C>, Matrix<N, C>) {
    ((column.stretch() * row).to_tensor(), (column - (row * 2.0).stretch()).to_tensor())
}

/// Three operands, none of which has the shape of the result.
fn all_stretched<N: Length, C: Length>(column: &Column<N>, row: &Row<C>) -> [Matrix<N, C>; 3] {
    [
        column.stretch().clip(row, 0.5).to_tensor(),
        row.clip(0.25, (column * 2.0).stretch()).to_tensor(),
        row.greater(0.5).where_(column.stretch(), 1.0).to_tensor(),
    ]
}

/// The types of the limits are unknown here. Whether a limit stretches need not be known.
fn limited<N: Length>(
    x: &Tensor<f32, (N,)>,
    low: impl Operand<f32, Shape = (N,)>,
    high: impl Operand<f32, Shape = ()>,
) -> Tensor<f32, (N,)> {
    x.clip(low, high).to_tensor()
}

fn in_place<N: Length, C: Length>(x: &mut Matrix<N, C>, row: &Row<C>, column: &Column<N>) {
    *x += row;
    *x -= column * 2.0;
    *x *= 0.5;
    *x /= row + 1.0;
    *x %= row.clone();
    let doubled = (&*x * 2.0).to_tensor();
    x.assign(doubled);
    let mut view = x.view_mut();
    view -= column;
}

fn assigned<N: Length, C: Length>(out: &mut Matrix<N, C>, row: &Row<C>, column: &Column<N>) {
    out.assign(1.0);
    out.assign(row);
    out.assign(column.stretch() * row);
    out.assign(row.broadcast_to(out.shape()) - column);
}

fn owned<N: Length, C: Length>(x: Matrix<N, C>, row: Row<C>) -> Matrix<N, C> {
    let centered = x - row.clone();
    (centered * row).to_tensor()
}

fn bits<N: Length, C: Length>(
    a: &Tensor<i32, (N, C)>,
    b: &Tensor<i32, (C,)>,
) -> Tensor<i32, (N, C)> {
    ((a & b) | (!a ^ b) & 12).to_tensor()
}

fn check_operators<N: StaticLength, C: StaticLength>() {
    let (x, row, column) = operands::<N, C>();
    let at = |of: &dyn Fn(f32, f32, f32) -> f32| {
        Matrix::<N, C>::from_fn(|[i, j]| of(x[[i, j]], row[[j]], column[[i, 0]]))
    };
    let [first, second, third] = all_stretched(&column, &row);
    assert_agree(&first, &at(&|_, row, column| column.max(row).min(0.5)));
    assert_agree(&second, &at(&|_, row, column| row.max(0.25).min(column * 2.0)));
    assert_agree(&third, &at(&|_, row, column| if row > 0.5 { column } else { 1.0 }));
    assert_agree(&limited(&row, &row * 0.5, 0.5), row.minimum(0.5));
    let [sum, difference, product, quotient, remainder, composed] = arithmetic(&x, &row, &column);
    assert_agree(&sum, &at(&|x, row, _| x + row));
    assert_agree(&difference, &at(&|x, row, _| row - x));
    assert_agree(&product, &at(&|x, _, column| x * column));
    assert_agree(&quotient, &at(&|x, _, column| column / x));
    assert_agree(&remainder, &at(&|x, row, _| x % row - -x));
    let by_hand = |x: f32, row: f32, column: f32| {
        (x - row) / (row * row + 1e-5).sqrt() * column + x * (column - 1.0)
    };
    assert_agree(&composed, &at(&by_hand));
    assert_agree(
        &scalars(&x),
        &at(&|x, _, _| 2.0 * x + 1.0 - 1.0 / (x * x + 0.5) + (3.0 - x * x) % 7.0),
    );
    let (first, second) = stretched(&column, &row);
    assert_agree(&first, &at(&|_, row, column| column * row));
    assert_agree(&second, &at(&|_, row, column| column - row * 2.0));
    let mut out = x.clone();
    in_place(&mut out, &row, &column);
    assert_agree(
        &out,
        &at(&|x, row, column| ((x + row - column * 2.0) * 0.5 / (row + 1.0)) % row * 2.0 - column),
    );
    assigned(&mut out, &row, &column);
    assert_agree(&out, &at(&|_, row, column| row - column));
    assert_agree(&owned(x.clone(), row.clone()), &at(&|x, row, _| (x - row) * row));
    let whole = |x: f32| (x * 100.0) as i32;
    let found = bits(&x.map(whole).to_tensor(), &row.map(whole).to_tensor());
    assert_agree(
        &found,
        x.zip_with(&row, |x, row| (whole(x) & whole(row)) | (!whole(x) ^ whole(row)) & 12),
    );
}

#[test]
fn operators() {
    each_shape!(check_operators);
}

// ---- functions of each element --------------------------------------------------------------

fn functions<N: Length, C: Length>(x: &Matrix<N, C>, row: &Row<C>) -> Matrix<N, C> {
    (x.abs().sqrt() + row.square() - (x.exp() + row.abs().ln())).to_tensor()
}

fn limits<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
    column: &Column<N>,
) -> [Matrix<N, C>; 5] {
    [
        x.minimum(row).to_tensor(),
        row.maximum(x).to_tensor(),
        x.clip(row, column).to_tensor(),
        x.clip(0.0, row * 2.0).to_tensor(),
        row.clip(x, 0.5).to_tensor(),
    ]
}

fn comparisons<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
    column: &Column<N>,
) -> Tensor<bool, (N, C)> {
    let first = x.less(row) & row.less_equal(x * 2.0) | x.greater(column);
    (first ^ (x.greater_equal(0.0) & x.equal(x) & !x.not_equal(row))).to_tensor()
}

fn choices<N: Length, C: Length>(
    condition: &Tensor<bool, (N, C)>,
    x: &Matrix<N, C>,
    row: &Row<C>,
    column: &Column<N>,
) -> [Matrix<N, C>; 4] {
    [
        condition.where_(x, row).to_tensor(),
        condition.where_(row, column).to_tensor(),
        condition.where_(0.5f32, x * 2.0).to_tensor(),
        row.less(0.5).where_(column, x).to_tensor(),
    ]
}

fn mapped<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
) -> (Tensor<f64, (N, C)>, Tensor<bool, (N, C)>) {
    (
        x.map(f64::from).to_tensor(),
        x.zip_with(row.map(|r| r > 0.5), |x, is_large| is_large && x > 0.0).to_tensor(),
    )
}

fn check_functions<N: StaticLength, C: StaticLength>() {
    let (x, row, column) = operands::<N, C>();
    let at = |of: &dyn Fn(f32, f32, f32) -> f32| {
        Matrix::<N, C>::from_fn(|[i, j]| of(x[[i, j]], row[[j]], column[[i, 0]]))
    };
    let (exp, ln) = (x.exp().to_tensor(), row.abs().ln().to_tensor());
    let by_hand = Matrix::<N, C>::from_fn(|[i, j]| {
        x[[i, j]].abs().sqrt() + row[[j]] * row[[j]] - (exp[[i, j]] + ln[[j]])
    });
    assert_agree(&functions(&x, &row), &by_hand);
    let [smaller, larger, between, positive, of_row] = limits(&x, &row, &column);
    assert_agree(&smaller, &at(&|x, row, _| x.min(row)));
    assert_agree(&larger, &at(&|x, row, _| x.max(row)));
    assert_agree(&between, &at(&|x, row, column| x.max(row).min(column)));
    assert_agree(&positive, &at(&|x, row, _| x.max(0.0).min(row * 2.0)));
    assert_agree(&of_row, &at(&|x, row, _| row.max(x).min(0.5)));
    let condition = comparisons(&x, &row, &column);
    let by_hand = Tensor::<bool, (N, C)>::from_fn(|[i, j]| {
        let (x, row, column) = (x[[i, j]], row[[j]], column[[i, 0]]);
        (x < row && row <= x * 2.0 || x > column) ^ (x >= 0.0 && x == row)
    });
    assert_agree(&condition, &by_hand);
    let [first, second, third, fourth] = choices(&condition, &x, &row, &column);
    let chosen = |yes: &dyn Fn(usize, usize) -> f32, no: &dyn Fn(usize, usize) -> f32| {
        Matrix::<N, C>::from_fn(|[i, j]| if condition[[i, j]] { yes(i, j) } else { no(i, j) })
    };
    assert_agree(&first, &chosen(&|i, j| x[[i, j]], &|_, j| row[[j]]));
    assert_agree(&second, &chosen(&|_, j| row[[j]], &|i, _| column[[i, 0]]));
    assert_agree(&third, &chosen(&|_, _| 0.5, &|i, j| x[[i, j]] * 2.0));
    assert_agree(&fourth, &at(&|x, row, column| if row < 0.5 { column } else { x }));
    let (wide, large) = mapped(&x, &row);
    assert_agree(&wide, &Tensor::<f64, (N, C)>::from_fn(|at| x[at].into()));
    assert_agree(
        &large,
        &Tensor::<bool, (N, C)>::from_fn(|[i, j]| row[[j]] > 0.5 && x[[i, j]] > 0.0),
    );
}

#[test]
fn functions_of_each_element() {
    each_shape!(check_functions);
}

// ---- reductions -----------------------------------------------------------------------------

fn over_all<N: Length, C: Length>(x: &Matrix<N, C>) -> [f32; 6] {
    [x.sum(), x.mean(), (x * 1.0).var(), x.std(), x.min(), x.max()]
}

fn columns<N: Length, C: Length>(x: &Matrix<N, C>) -> [Row<C>; 6] {
    [
        x.sum_axis(Axis::<0>).to_tensor(),
        x.mean_axis(Axis::<-2>).to_tensor(),
        x.var_axis(Axis::<0>).to_tensor(),
        x.std_axis(Axis::<0>).ddof(1).to_tensor(),
        x.min_axis(Axis::<0>).to_tensor(),
        x.max_axis(Axis::<0>).to_tensor(),
    ]
}

fn rows<N: Length, C: Length>(x: &Matrix<N, C>) -> [Tensor<f32, (N,)>; 3] {
    [
        x.sum_axis(Axis::<1>).to_tensor(),
        x.mean_axis(Axis::<-1>).to_tensor(),
        (x - x.mean_axis(Axis::<1>).keepdims()).square().mean_axis(Axis::<1>).to_tensor(),
    ]
}

fn kept<N: Length, C: Length>(
    x: &Matrix<N, C>,
) -> (Column<N>, Tensor<f32, (One, C)>, Tensor<f32, (One, One)>, Tensor<f32, ()>) {
    (
        x.max_axis(Axis::<1>).keepdims().to_tensor(),
        x.sum_axis(Axis::<0>).keepdims().to_tensor(),
        x.sum_axis((Axis::<0>, Axis::<1>)).keepdims().to_tensor(),
        x.var_axis((Axis::<1>, Axis::<0>)).ddof(1).to_tensor(),
    )
}

fn standardised<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<N, C> {
    ((x - x.mean_axis(Axis::<0>)) / (x.var_axis(Axis::<0>) + 1e-5).sqrt()).to_tensor()
}

fn softmax<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<N, C> {
    let shifted = x - x.max_axis(Axis::<1>).keepdims();
    (shifted.exp() / shifted.exp().sum_axis(Axis::<-1>).keepdims()).to_tensor()
}

fn over_names<C: Length>(x: &Tensor<f32, (Batch, C)>) -> (Row<C>, Tensor<f32, (One, C)>) {
    (x.mean_axis(Batch).to_tensor(), x.sum_axis(Batch).keepdims().to_tensor())
}

fn of_three<N: Length, H: Length, W: Length>(
    x: &Tensor<f32, (N, H, W)>,
) -> (Tensor<f32, (H,)>, Tensor<f32, (N, One, One)>) {
    (
        x.mean_axis((Axis::<0>, Axis::<2>)).to_tensor(),
        x.sum_axis((Axis::<1>, Axis::<-1>)).keepdims().to_tensor(),
    )
}

fn check_reductions<N: StaticLength, C: StaticLength>() {
    // Sums of integers are exact, in every order.
    let x = Matrix::<N, C>::from_fn(|[i, j]| (7 * i % 5 + 3 * j) as f32);
    let (n, c) = (N::LEN as f32, C::LEN as f32);
    let column = |j: usize| (0..N::LEN).map(move |i| (7 * i % 5 + 3 * j) as f32);
    let row = |i: usize| (0..C::LEN).map(move |j| (7 * i % 5 + 3 * j) as f32);
    let total: f32 = (0..N::LEN).flat_map(row).sum();
    let [sum, mean, var, std, min, max] = over_all(&x);
    assert_eq!((sum, mean, std, min), (total, total / (n * c), var.sqrt(), 0.0));
    assert_eq!(max, (0..N::LEN).flat_map(row).fold(0.0, f32::max));
    let [sums, means, vars, _, minima, maxima] = columns(&x);
    assert_agree(&sums, &Row::<C>::from_fn(|[j]| column(j).sum()));
    assert_agree(&means, &sums / n);
    assert_agree(&vars, (&x - &means).square().sum_axis(Axis::<0>) / n);
    assert_agree(&minima, &Row::<C>::from_fn(|[j]| column(j).fold(f32::INFINITY, f32::min)));
    assert_agree(&maxima, &Row::<C>::from_fn(|[j]| column(j).fold(0.0, f32::max)));
    let [sums, means, vars] = rows(&x);
    assert_agree(&sums, &Tensor::<f32, (N,)>::from_fn(|[i]| row(i).sum()));
    assert_agree(&means, &sums / c);
    assert_agree(&vars, x.var_axis(Axis::<1>));
    let (maxima, sums, all, var) = kept(&x);
    assert_agree(maxima.squeeze(Axis::<1>), x.max_axis(Axis::<1>));
    assert_agree(sums.squeeze(Axis::<0>), x.sum_axis(Axis::<0>));
    assert_eq!(all[[0, 0]], total);
    assert_eq!(var[[]].is_nan(), N::LEN * C::LEN == 1);
    let standard = standardised(&x);
    assert!(standard.mean_axis(Axis::<0>).abs().max() < 1e-5);
    assert!((softmax(&x).sum_axis(Axis::<1>) - 1.0).abs().max() < 1e-6);
}

#[test]
fn reductions() {
    each_shape!(check_reductions);
    let (means, sums) = over_names(&Tensor::<f32, shape![Batch, 2]>::ones());
    assert_eq!((means, sums), (tensor![1.0, 1.0], tensor![[4.0, 4.0]]));
    let (means, sums) = of_three(&Tensor::<f32, shape![2, Features, 5]>::ones());
    assert_eq!(means.as_slice(), [1.0; 3]);
    assert_eq!(sums.as_slice(), [15.0; 2]);
}

// ---- other shapes ---------------------------------------------------------------------------

fn expanded<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
) -> (Tensor<f32, (N, One, C)>, Tensor<f32, (C, One)>, Tensor<f32, (One, One, C)>) {
    (
        x.expand_dims(Axis::<1>).to_tensor(),
        row.expand_dims(Axis::<-1>).to_tensor(),
        row.expand_dims(Axis::<0>).expand_dims(Axis::<0>).to_tensor(),
    )
}

/// The distances of every pair of rows.
fn distances<N: Length, M: Length, C: Length>(x: &Matrix<N, C>, y: &Matrix<M, C>) -> Matrix<N, M> {
    let difference = x.expand_dims(Axis::<1>).stretch() - y.expand_dims(Axis::<0>);
    difference.square().sum_axis(Axis::<-1>).sqrt().to_tensor()
}

fn squeezed<N: Length, C: Length>(
    x: &Matrix<N, C>,
    column: &Column<N>,
) -> (Tensor<f32, (N,)>, Row<C>) {
    (
        column.squeeze(Axis::<1>).to_tensor(),
        x.max_axis(Axis::<0>).keepdims().squeeze(Axis::<0>).to_tensor(),
    )
}

fn permuted<N: Length, H: Length, W: Length>(x: &Tensor<f32, (N, H, W)>) -> Tensor<f32, (W, N, H)> {
    x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).to_tensor()
}

fn transposed<N: Length, C: Length>(x: &Matrix<N, C>) -> TensorView<'_, f32, (C, N)> {
    x.permute_dims((Axis::<1>, Axis::<0>)).view()
}

fn broadcast<N: Length, C: Length>(
    x: &Matrix<N, C>,
    row: &Row<C>,
    column: &Column<N>,
) -> Matrix<N, C> {
    (row.broadcast_to(x.shape()) - column.broadcast_to(x.shape())).to_tensor()
}

fn sliced<N: Length>(
    x: &Matrix<N, Features>,
) -> (Tensor<f32, (N, Dim<2>)>, Tensor<f32, (N, Dim<1>)>) {
    (x.slice(Axis::<1>, Span::<0, 2, 2>).to_tensor(), x.slice(Features, Span::<1, 1>).to_tensor())
}

fn sliced_anywhere<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<N, Dim<1>> {
    (x.slice(Axis::<-1>, Span::<0, 1>) * 1.0).to_tensor()
}

fn last_row<N: Length, C: Length>(x: &Matrix<N, C>) -> Row<C> {
    x.slice(Axis::<0>, Span::<-1, 1>).squeeze(Axis::<0>).to_tensor()
}

fn joined<N: Length, M: Length, C: Length, Both: Length>(
    x: &Matrix<N, C>,
    y: &Matrix<M, C>,
    both: Both,
) -> Matrix<Both, C> {
    (x.concat_to(y, Axis::<0>, both) * 1.0).to_tensor()
}

fn flattened<N: Length, C: Length, All: Length>(x: &Matrix<N, C>, all: All) -> Tensor<f32, (All,)> {
    x.flatten_to(all).to_tensor()
}

fn reshaped<N: Length, C: Length>(x: &Matrix<N, C>) -> Tensor<f32, (C, One, N)> {
    let (n, c) = x.shape();
    (x * 1.0).reshape_to((c, One, n)).to_tensor()
}

/// An axis keeps its type beside others that are renamed, whatever its length is.
fn renamed<N: Length, C: Extent>(
    column: Tensor<f32, (N, One, C)>,
) -> Tensor<f32, (Dyn, Dim<1>, C)> {
    let column: Tensor<f32, (N, Dim<1>, C)> = column.rename();
    column.rename::<(N, Dim<1>, C)>().rename()
}

fn check_shapes<N: StaticLength, C: StaticLength>() {
    let (x, row, column) = operands::<N, C>();
    let parts = renamed(x.expand_dims(Axis::<1>).to_tensor());
    assert_eq!(parts.shape().lengths(), [N::LEN, 1, C::LEN]);
    assert_eq!(parts.as_slice(), x.as_slice());
    let (first, second, third) = expanded(&x, &row);
    assert_eq!(
        (first.as_slice(), second.as_slice(), third.as_slice()),
        (x.as_slice(), row.as_slice(), row.as_slice())
    );
    let itself = distances(&x, &x);
    assert!((0..N::LEN).all(|i| itself[[i, i]] == 0.0));
    let (of_column, of_kept) = squeezed(&x, &column);
    assert_eq!(of_column.as_slice(), column.as_slice());
    assert_agree(&of_kept, x.max_axis(Axis::<0>));
    assert_agree(&transposed(&x), &Tensor::<f32, (C, N)>::from_fn(|[j, i]| x[[i, j]]));
    let cube = scattered::<(N, C, Dim<2>)>();
    assert_agree(
        &permuted(&cube),
        &Tensor::<f32, (Dim<2>, N, C)>::from_fn(|[k, i, j]| cube[[i, j, k]]),
    );
    assert_agree(
        &broadcast(&x, &row, &column),
        &Matrix::<N, C>::from_fn(|[i, j]| row[[j]] - column[[i, 0]]),
    );
    assert_agree(&sliced_anywhere(&x), &Matrix::<N, Dim<1>>::from_fn(|[i, _]| x[[i, 0]]));
    assert_agree(&last_row(&x), &Row::<C>::from_fn(|[j]| x[[N::LEN - 1, j]]));
    assert_eq!(reshaped(&x).as_slice(), x.as_slice());
}

#[test]
fn other_shapes() {
    each_shape!(check_shapes, special);
    let (x, y) = (scattered::<shape![Batch, Features]>(), scattered::<shape![2, Features]>());
    let both = joined(&x, &y, Dim::<6>);
    assert_eq!(both.as_slice(), [x.as_slice(), y.as_slice()].concat());
    assert_eq!(flattened(&x, Dim::<12>).as_slice(), x.as_slice());
    let (ends, middle) = sliced(&x);
    assert_eq!((ends[[3, 1]], middle[[3, 0]]), (x[[3, 2]], x[[3, 1]]));
}

// ---- products -------------------------------------------------------------------------------

fn linear<N: Length, I: Length, O: Length>(
    x: &Matrix<N, I>,
    weights: &Matrix<I, O>,
    bias: &Row<O>,
) -> Matrix<N, O> {
    (x.matmul(weights) + bias).to_tensor()
}

fn vectors<N: Length, C: Length>(
    x: &Matrix<N, C>,
    left: &Tensor<f32, (N,)>,
    right: &Row<C>,
) -> f32 {
    let (row, column) = (left.matmul(x).to_tensor(), x.matmul(right).to_tensor());
    row.matmul(right).to_tensor()[[]] + left.matmul(&column).to_tensor()[[]]
}

/// The covariance of the columns.
fn covariance<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<C, C> {
    let centered = x - x.mean_axis(Axis::<0>);
    let n = x.len() as f32 / x.mean_axis(Axis::<0>).to_tensor().len() as f32;
    (centered.permute_dims((Axis::<1>, Axis::<0>)).matmul(centered) / n).to_tensor()
}

fn check_products<N: StaticLength, C: StaticLength>() {
    let x = Matrix::<N, C>::from_fn(|[i, j]| (i + 2 * j) as f32);
    let weights = Matrix::<C, Dim<2>>::from_fn(|[j, o]| (3 * j + o) as f32);
    let dot = |i: usize, o| (0..C::LEN).map(|j| x[[i, j]] * weights[[j, o]]).sum::<f32>();
    let found = linear(&x, &weights, &tensor![1.0, 2.0]);
    assert_agree(&found, &Matrix::<N, Dim<2>>::from_fn(|[i, o]| dot(i, o) + 1.0 + o as f32));
    let ones = (Tensor::<f32, (N,)>::ones(), Row::<C>::ones());
    assert_eq!(vectors(&x, &ones.0, &ones.1), 2.0 * x.sum());
    let covariance = covariance(&x);
    assert!(
        (0..C::LEN)
            .all(|j| (covariance[[j, j]] - x.var_axis(Axis::<0>).to_tensor()[[j]]).abs() < 1e-4)
    );
}

#[test]
fn products() {
    each_shape!(check_products);
}

// ---- batch normalisation --------------------------------------------------------------------

fn normalised<N: Length, C: Length>(x: &Matrix<N, C>) -> Matrix<N, C> {
    let norm = BatchNorm::of(x, 1e-5);
    norm.forward(x).maximum(0.0).to_tensor()
}

fn normalised_images<N: Extent, C: Length, H: Extent, W: Extent>(
    norm: &BatchNorm<C>,
    x: &Tensor<f32, (N, C, H, W)>,
) -> Tensor<f32, (N, C, H, W)> {
    norm.forward(x).to_tensor()
}

fn of_images<N: Length, C: Length, H: Length, W: Length>(
    x: &Tensor<f32, (N, C, H, W)>,
) -> BatchNorm<C> {
    let of = BatchNorm::of(x, 0.25);
    BatchNorm::new(
        of.gamma().clone(),
        of.beta().clone(),
        of.mean().clone(),
        of.var().clone(),
        of.eps(),
    )
}

/// A user-defined layer that contains a batch norm.
struct Block<I: Length, O: Length> {
    weights: Matrix<I, O>,
    norm: BatchNorm<O>,
}
impl<I: Length, O: Length> Block<I, O> {
    fn forward<N: Length>(&self, x: &Matrix<N, I>) -> Matrix<N, O> {
        self.norm.forward(x.matmul(&self.weights)).maximum(0.0).to_tensor()
    }
}

fn check_batch_norm<N: StaticLength, C: StaticLength>() {
    let (x, row, _) = operands::<N, C>();
    let by_hand = standardised(&x);
    assert!((normalised(&x) - by_hand.maximum(0.0)).abs().max() < 1e-3);
    let images = scattered::<(N, C, Dim<2>, Dim<1>)>();
    let norm = of_images(&images);
    let found = normalised_images(&norm, &images);
    assert!(found.mean_axis((Axis::<0>, Axis::<2>, Axis::<3>)).abs().max() < 1e-5);
    let norm = BatchNorm::new(row.clone(), row.clone(), Row::<C>::zeros(), Row::<C>::ones(), 0.0);
    assert_agree(norm.forward(&x), &x * &row + &row);
    let block =
        Block { weights: Matrix::<C, C>::from_fn(|[i, j]| f32::from(u8::from(i == j))), norm };
    assert_agree(&block.forward(&x), (&x * &row + &row).maximum(0.0));
}

#[test]
fn batch_normalisation() {
    each_shape!(check_batch_norm);
}

// ---- expressions as arguments and results ---------------------------------------------------

fn centered<N: Length, C: Length>(
    x: &Matrix<N, C>,
    mean: &Row<C>,
) -> Lazy<impl Expr<Elem = f32, Shape = (N, C)>> {
    x - mean
}

fn scaled<N: Length, C: Length>(
    x: Lazy<impl Expr<Elem = f32, Shape = (N, C)>>,
    scale: &Row<C>,
) -> Lazy<impl Expr<Elem = f32, Shape = (N, C)>> {
    x * scale
}

fn column_means<N: Length, C: Length>(
    x: Lazy<impl Expr<Elem = f32, Shape = (N, C)>>,
) -> Lazy<impl Expr<Elem = f32, Shape = (C,)>> {
    x.mean_axis(Axis::<0>)
}

fn of_anything<N: Length, C: Length>(x: impl IntoExpr<Elem = f32, Shape = (N, C)>) -> f32 {
    x.square().mean().sqrt()
}

fn set<N: Length, C: Length>(x: &mut Matrix<N, C>, to: impl Operand<f32, Shape = (C,)>) {
    x.assign(to);
}

fn sum_of<T: Numeric, N: Length>(x: &Tensor<T, (N,)>) -> T {
    (x + x).sum()
}

fn norm_of<T: Float, N: Length>(x: &Tensor<T, (N,)>) -> T {
    x.square().sum_axis(Axis::<0>).sqrt().to_tensor()[[]]
}

fn copied<T: Element, N: Length, C: Length>(x: &Tensor<T, (N, C)>) -> Tensor<T, (C, N)> {
    x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor()
}

fn check_expressions<N: StaticLength, C: StaticLength>() {
    let (x, row, _) = operands::<N, C>();
    assert_agree(scaled(centered(&x, &row), &row), (&x - &row) * &row);
    assert_agree(scaled(x.lazy(), &row), &x * &row);
    assert_agree(column_means(centered(&x, &row)), (&x - &row).mean_axis(Axis::<0>));
    assert_eq!(of_anything(&x), of_anything(&x * 1.0));
    let mut out = x.clone();
    set(&mut out, &row * 2.0);
    assert_agree(&out, (&row * 2.0).broadcast_to(x.shape()));
    set(&mut out, row.clone());
    assert_agree(&out, row.broadcast_to(x.shape()));
    assert_agree(&copied(&x), x.permute_dims((Axis::<1>, Axis::<0>)));
}

#[test]
fn expressions() {
    each_shape!(check_expressions, special);
    assert_eq!((sum_of(&tensor![1, 2, 3]), sum_of(&tensor![1.5f64, 0.5])), (12, 4.0));
    assert_eq!((norm_of(&tensor![3.0f32, 4.0]), norm_of(&tensor![3.0f64, 4.0])), (5.0, 5.0));
}

// ---- storages -------------------------------------------------------------------------------

fn over_storages<N: Length, C: Length, B: Storage, D: Storage>(
    x: &Tensor<f32, (N, C), B>,
    row: &Tensor<f32, (C,), D>,
) -> Matrix<N, C> {
    let centered = x - row;
    (centered / (x.var_axis(Axis::<0>) + 1.0).sqrt() - x.mean_axis(Axis::<1>).keepdims())
        .to_tensor()
}

fn into_storages<N: Length, C: Length, B: StorageMut>(
    out: &mut Tensor<f32, (N, C), B>,
    row: &Row<C>,
) {
    out.assign(row);
    *out -= 0.5;
    *out *= row;
}

fn inline_rows<N: Length, C: Length>(x: &Matrix<N, C>, row: &Array<f32, (C,)>) -> Matrix<N, C> {
    (x - row * 2.0).to_tensor()
}

fn inline<N: StaticLength, C: StaticLength>(x: &Array<f32, (N, C)>) -> Array<f32, (N, C)> {
    (x - x.mean_axis(Axis::<0>)).to_array()
}

fn into_views<N: Length, C: Length>(
    mut out: TensorViewMut<'_, f32, (N, C)>,
    x: TensorView<'_, f32, (N, C)>,
) {
    out.assign(x * 2.0);
}

fn check_storages<N: StaticLength, C: StaticLength>() {
    let (x, row, _) = operands::<N, C>();
    let (x_inline, row_inline) = (x.to_array(), row.to_array());
    let turned = x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    let expected = over_storages(&x, &row);
    assert_agree(&over_storages(&x_inline, &row), &expected);
    assert_agree(&over_storages(&x.view(), &row_inline), &expected);
    assert_agree(
        &over_storages(&turned.permute_dims((Axis::<1>, Axis::<0>)).view(), &row.view()),
        &expected,
    );
    let (mut heap, mut array) = (x.clone(), x_inline);
    into_storages(&mut heap, &row);
    into_storages(&mut array, &row);
    assert_agree(&array, &heap);
    into_storages(&mut array.view_mut(), &row);
    assert_agree(&array, &heap);
    assert_agree(&inline_rows(&x, &row_inline), &x - &row * 2.0);
    assert_agree(&inline(&x_inline), &x - x.mean_axis(Axis::<0>));
    into_views(heap.view_mut(), x.view());
    assert_agree(&heap, &x * 2.0);
}

#[test]
fn storages() {
    each_shape!(check_storages);
    assert_eq!(inline(&array![[1.0, 2.0], [3.0, 4.0]]), array![[-1.0, -1.0], [1.0, 1.0]]);
}

// ---- any shape, whatever its rank -----------------------------------------------------------

fn affine<S: Shape>(x: &Tensor<f32, S>) -> Tensor<f32, S> {
    (2.0 * (x * 2.0 + 1.0) - x / 2.0).to_tensor()
}

fn of_one_shape<S: Shape>(x: &Tensor<f32, S>, y: &Tensor<f32, S>) -> [Tensor<f32, S>; 4] {
    [
        (x * y + x).to_tensor(),
        x.minimum(y).maximum(0.5).to_tensor(),
        x.less(y).where_(x, 1.0).to_tensor(),
        (x - x.max()).exp().clip(0.1, y).zip_with(y, |a, b| a - b).to_tensor(),
    ]
}

fn step<S: Shape, B: StorageMut>(
    weights: &mut Tensor<f32, S, B>,
    gradient: &Tensor<f32, S>,
    rate: f32,
) {
    *weights -= gradient * rate;
}

/// Adam (Kingma and Ba, 2015, arXiv:1412.6980).
struct Adam<S: Shape> {
    mean: Tensor<f32, S>,
    square: Tensor<f32, S>,
    steps: i32,
}
impl<S: Shape> Adam<S> {
    fn new(like: &Tensor<f32, S>) -> Self {
        Self { mean: (like * 0.0).to_tensor(), square: (like * 0.0).to_tensor(), steps: 0 }
    }
    fn step(&mut self, weights: &mut Tensor<f32, S>, gradient: &Tensor<f32, S>, rate: f32) {
        self.steps += 1;
        self.mean *= 0.9;
        self.mean += gradient * 0.1;
        self.square *= 0.999;
        self.square += gradient.square() * 0.001;
        let (a, b) = (1.0 - 0.9f32.powi(self.steps), 1.0 - 0.999f32.powi(self.steps));
        *weights -= &self.mean / a * rate / ((&self.square / b).sqrt() + 1e-8);
    }
}

fn check_any_shape<S: StaticShape>() {
    let (x, y) = (scattered::<S>(), (scattered::<S>() * 0.5 + 1.0).to_tensor());
    assert_agree(&affine(&x), (&x * 2.0 + 1.0) * 2.0 - &x / 2.0);
    let [sum, limited, chosen, last] = of_one_shape(&x, &y);
    assert_agree(&sum, &x * &y + &x);
    assert_agree(&limited, x.minimum(&y).maximum(0.5));
    assert_agree(&chosen, x.less(&y).where_(&x, 1.0));
    assert_agree(&last, (&x - x.max()).exp().clip(0.1, &y) - &y);
    let mut weights = x.clone();
    step(&mut weights, &y, 0.25);
    assert_agree(&weights, &x - &y * 0.25);
    step(&mut weights.view_mut(), &y, -0.25);
    let mut adam = Adam::new(&weights);
    let before = weights.clone();
    adam.step(&mut weights, &y, 0.5);
    // The first step of Adam is the rate, whatever the gradient is.
    let moved = (&before - &weights - y.sign() * 0.5).abs().max();
    assert!(moved < 1e-3, "{moved}");
}

#[test]
fn any_shape() {
    check_any_shape::<()>();
    check_any_shape::<shape![5]>();
    check_any_shape::<shape![3, 1]>();
    check_any_shape::<shape![Batch, Features]>();
    check_any_shape::<shape![2, 1, 3, { 1 }]>();
    let x = Tensor::<f32, _>::from_fn_of(shape![Rows.of(3), 2], |[i, j]| (i + j) as f32);
    assert_agree(&affine(&x), (&x * 2.0 + 1.0) * 2.0 - &x / 2.0);
}
