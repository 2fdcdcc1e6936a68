//! Square matrices: solutions, inverses, determinants and Cholesky factors, compared with NumPy's
//! `linalg`, and the inputs that are refused.

use shapewright::{
    Array, Dyn, Length, NotPositiveDefinite, SingularMatrix, Tensor, TensorView, array, dim,
    prelude::*, shape, tensor,
};
use shapewright_tests::values::Values;

dim!(State = 4, Measured = 3, Points);

const INF: f32 = f32::INFINITY;
const NAN: f32 = f32::NAN;

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/linalg.txt"))
}

/// Up to six rows, for which the loops are unrolled, and more: within 8 times the effect on the
/// solution of an error of one epsilon in each element of the matrix.
#[test]
fn solutions_and_inverses() {
    let numpy = numpy();
    macro_rules! systems {
        ($($t:ty: $a:literal ($($n:tt)*) $b:literal $rhs:ty; $solution:literal $size:literal;)*) => {$(
            let (a, b) = (numpy.get::<$t, shape![$($n)*]>($a), numpy.get::<$t, $rhs>($b));
            numpy.near(8.0, $solution, $size, &a.solve(&b).to_tensor().unwrap());
        )*};
    }
    systems! {
        f32: "x11" ({ 1 }, { 1 }) "y11" shape![{ 1 }, { 1 }]; "exact_solve(x11, y11)" "solved_size(x11, y11)";
        f32: "x11" (1, 1) "y13" shape![1, 3]; "exact_solve(x11, y13)" "solved_size(x11, y13)";
        f32: "x22" (2, 2) "y2" shape![2]; "exact_solve(x22, y2)" "solved_size(x22, y2)";
        f32: "x33" (3, 3) "y3" shape![3]; "exact_solve(x33, y3)" "solved_size(x33, y3)";
        f32: "x33" (3, 3) "y34" shape![3, 4]; "exact_solve(x33, y34)" "solved_size(x33, y34)";
        f32: "x44" (4, 4) "y4" shape![4]; "exact_solve(x44, y4)" "solved_size(x44, y4)";
        f32: "x44" (4, 4) "y47" shape![4, 7]; "exact_solve(x44, y47)" "solved_size(x44, y47)";
        f32: "x55" (5, 5) "y5" shape![5]; "exact_solve(x55, y5)" "solved_size(x55, y5)";
        f64: "d44" (4, 4) "e4" shape![4]; "exact_solve(d44, e4)" "solved_size(d44, e4)";
        f64: "d99" (9, 9) "e93" shape![9, 3]; "exact_solve(d99, e93)" "solved_size(d99, e93)";
    }
    macro_rules! inverses {
        ($($t:ty: $a:literal ($($n:tt)*) $inverse:literal $size:literal;)*) => {$(
            let a = numpy.get::<$t, shape![$($n)*]>($a);
            numpy.near(8.0, $inverse, $size, &a.inv().to_tensor().unwrap());
        )*};
    }
    inverses! {
        f32: "x11" ({ 1 }, { 1 }) "exact_inv(x11)" "solved_size(x11, eye(1))";
        f32: "x22" (2, 2) "exact_inv(x22)" "solved_size(x22, eye(2))";
        f32: "x33" (3, 3) "exact_inv(x33)" "solved_size(x33, eye(3))";
        f32: "x44" (4, 4) "exact_inv(x44)" "solved_size(x44, eye(4))";
        f32: "x77" (7, 7) "exact_inv(x77)" "solved_size(x77, eye(7))";
        f64: "d55" (5, 5) "exact_inv(d55)" "solved_size(d55, eye(5))";
    }
}

/// Integers, for which all steps are exact.
#[test]
fn rows_are_exchanged() {
    let a = array![[0.0f32, 2.0, 0.0], [0.0, 0.0, 4.0], [1.0, 0.0, 0.0]];
    assert_eq!(a.inv().to_array(), Ok(array![[0.0, 0.0, 1.0], [0.5, 0.0, 0.0], [0.0, 0.25, 0.0]]));
    assert_eq!(a.det(), 8.0);
    assert_eq!(array![[0.0, 1.0], [1.0, 0.0]].det(), -1.0);
    // A small pivot: dividing by it would lose all digits.
    let a = array![[1e-20f32, 1.0], [1.0, 1.0]];
    assert_eq!(a.solve(&array![1.0, 2.0]).to_array(), Ok(array![1.0, 1.0]));
}

#[test]
fn determinants() {
    let numpy = numpy();
    let size = |a: f32, b: f32| (a - b).abs() / b.abs();
    let (a, b): (Tensor<f32, shape![4, 4]>, Tensor<f32, shape![7, 7]>) =
        (numpy.get("x44"), numpy.get("x77"));
    let exact = |expression| numpy.array::<f32>(expression).1[0];
    assert!(
        size(a.det(), exact("linalg.det(x44.astype(float64)).astype(float32)"))
            < 8.0 * f32::EPSILON
    );
    assert!(
        size(b.det(), exact("linalg.det(x77.astype(float64)).astype(float32)"))
            < 32.0 * f32::EPSILON
    );
    assert_eq!(Array::<f64, shape![0, 0]>::zeros().det(), 1.0);
    assert_eq!(array![[-3.0]].det(), -3.0);
    assert_eq!(array![[4.0, 2.0, 1.0], [2.0, 3.0, 1.0], [2.0, -1.0, 0.0]].det(), 0.0);
    assert!(array![[NAN, 0.0], [0.0, 1.0]].det().is_nan());
    assert!(array![[1.0, 0.0], [0.0, NAN]].det().is_nan());
    assert_eq!(array![[0.0, NAN], [0.0, 1.0]].det(), 0.0);
}

#[test]
fn cholesky_factors() {
    let numpy = numpy();
    macro_rules! factors {
        ($($t:ty: $n:literal $a:literal $factor:literal;)*) => {$(
            let a = numpy.get::<$t, shape![$n, $n]>($a);
            let (l, expected) = (a.cholesky().to_tensor().unwrap(), numpy.get::<$t, shape![$n, $n]>($factor));
            // The elements above the diagonal are not read.
            assert_eq!((a.tril(0) + tensor![<$t>::NAN; $n, $n].triu(1)).cholesky().to_tensor().unwrap(), l);
            assert_eq!(l.triu(1).to_tensor(), Tensor::<$t, shape![$n, $n]>::zeros());
            let scale = a.max();
            assert!((&l - &expected).abs().max() < 8.0 * $n as $t * <$t>::EPSILON * scale, $a);
            assert!((l.matmul(l.t()) - &a).abs().max() < $n as $t * <$t>::EPSILON * scale, $a);
        )*};
    }
    factors! {
        f32: 2 "positive(x22)" "linalg.cholesky(positive(x22).astype(float64)).astype(float32)";
        f32: 3 "positive(x33)" "linalg.cholesky(positive(x33).astype(float64)).astype(float32)";
        f32: 4 "positive(x44)" "linalg.cholesky(positive(x44).astype(float64)).astype(float32)";
        f64: 7 "positive(d77)" "linalg.cholesky(positive(d77))";
    }
    assert_eq!(array![[9.0]].cholesky().to_array(), Ok(array![[3.0]]));
    assert!(Array::<f32, shape![0, 0]>::zeros().cholesky().to_array().is_ok());
    let order =
        |a: Array<f32, shape![3, 3]>| a.cholesky().to_array().map_err(|error| error.order());
    assert_eq!(order(array![[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), Err(1));
    assert_eq!(order(array![[1.0, 0.0, 0.0], [2.0, 4.0, 0.0], [0.0, 0.0, 1.0]]), Err(2));
    assert_eq!(order(array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, -1.0]]), Err(3));
    assert_eq!(order(array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, NAN]]), Err(3));
    assert_eq!(order(array![[1.0, 0.0, 0.0], [NAN, 1.0, 0.0], [0.0, 0.0, 1.0]]), Err(2));
}

#[test]
fn what_has_no_inverse() {
    let column = |a: Array<f32, shape![3, 3]>| a.inv().to_array().map_err(|error| error.column());
    assert_eq!(column(Array::zeros()), Err(0));
    assert_eq!(column(array![[4.0, 2.0, 1.0], [2.0, 3.0, 1.0], [2.0, -1.0, 0.0]]), Err(2));
    assert_eq!(column(array![[1.0, 0.0, 3.0], [4.0, 0.0, 6.0], [7.0, 0.0, 9.0]]), Err(1));
    // A NaN anywhere leaves a column without a pivot.
    assert_eq!(column(Array::full(NAN)), Err(0));
    let full: Array<f32, shape![4, 4]> = numpy().get("x44").to_array();
    for place in 0..16 {
        for mut a in [full, Array::from_fn(|[i, j]| if i == j { 1.0 } else { 0.0 })] {
            a.as_mut_slice()[place] = NAN;
            assert!(a.inv().to_array().is_err(), "{a}");
        }
    }
    // A NaN of a right-hand side affects only its column.
    let rhs = array![[NAN, 2.0], [4.0, 4.0]];
    let passed = array![[1.0, 0.0], [0.0, 2.0]].solve(&rhs).to_array().unwrap();
    assert!(passed.column(0).is_nan().all() && passed.column(1) == [2.0, 2.0]);
    assert!(array![[INF]].inv().to_array().unwrap()[[0, 0]] == 0.0);
    // Nearly singular: the determinant is one unit in the last place of an element.
    let a = array![[1.0f32, 1.0], [1.0, 1.0 + f32::EPSILON]];
    assert_eq!(a.det(), f32::EPSILON);
    let step = 1.0 / f32::EPSILON;
    assert_eq!(a.inv().to_array(), Ok(array![[step + 1.0, -step], [-step, step]]));
    // The smallest and the largest numbers: an inverse that is out of range is not finite.
    assert_eq!(array![[f32::from_bits(1)]].inv().to_array(), Ok(array![[INF]]));
    assert_eq!(
        array![[3e38f32, 0.0], [0.0, 2e38]].solve(&array![3e38, 1e38]).to_array(),
        Ok(array![1.0, 0.5])
    );
    assert_eq!(array![[3e38f32, 0.0], [0.0, 2e38]].det(), INF);
}

/// Operands of any storage and any expression are accepted, and results are written to any storage.
/// If there is no result, the destination is unchanged.
#[test]
fn operands_and_destinations() {
    let a = array![[4.0f32, 0.0], [1.0, 2.0]];
    let turned = Ok(array![[0.25, -0.125], [0.0, 0.5]]);
    assert_eq!(a.t().inv().to_array(), turned);
    assert_eq!(a.view().t().inv().to_array(), turned);
    assert_eq!((a * 2.0 - a).t().inv().to_array(), turned);
    assert_eq!(
        a.solve(array![[4.0f32, 8.0], [1.0, 4.0]].t() * 1.0).to_array(),
        Ok(array![[1.0, 0.25], [3.5, 1.875]])
    );
    let mut out = Tensor::<f32, shape![2, 2, 2]>::ones();
    let mut column = out.index_axis_mut(Axis::<2>, 1);
    column.try_assign(a.inv()).unwrap();
    assert_eq!(
        column.try_assign(array![0.0f32; 2, 2].inv()).map_err(|error| error.column()),
        Err(0)
    );
    assert_eq!(out, [[[1.0, 0.25], [1.0, 0.0]], [[1.0, -0.125], [1.0, 0.5]]]);
    assert!(Array::<f32, shape![0, 0]>::zeros().inv().to_array().is_ok());
    assert!(
        Array::<f32, shape![0, 0]>::zeros()
            .solve(&Array::<f32, shape![0, 3]>::zeros())
            .to_array()
            .is_ok()
    );
    assert!(
        Array::<f32, shape![3, 3]>::from_fn(|[i, j]| f32::from(i == j))
            .solve(&Array::<f32, shape![3, 0]>::zeros())
            .to_array()
            .is_ok()
    );
}

/// The same bits whatever other right-hand sides are solved for, whether lengths are constants or
/// not.
#[test]
fn the_same_bits() {
    let numpy = numpy();
    let (a, b): (Tensor<f32, shape![4, 4]>, Tensor<f32, shape![4, 7]>) =
        (numpy.get("x44"), numpy.get("y47"));
    let x = a.solve(&b).to_tensor().unwrap();
    for column in 0..7 {
        let alone = a.solve(&b.column(column)).to_array().unwrap();
        assert_eq!(alone, x.column(column).to_array());
    }
    let points: Tensor<f32, shape![?Points, ?Points]> =
        Tensor::from_shape_slice(shape![Points.of(4), Points.of(4)], a.as_slice()).unwrap();
    let rhs: Tensor<f32, shape![?Points, 7]> =
        Tensor::from_shape_slice(shape![Points.of(4), 7], b.as_slice()).unwrap();
    assert_eq!(points.solve(&rhs).to_tensor().unwrap().as_slice(), x.as_slice());
    assert_eq!(points.det(), a.det());
    assert_eq!(
        points.inv().to_tensor().unwrap().as_slice(),
        a.inv().to_array().unwrap().as_slice()
    );
}

fn whitened<N: Length, M: Length>(
    covariance: &Tensor<f64, (N, N)>,
    samples: &Tensor<f64, (N, M)>,
) -> Result<Tensor<f64, (N, M)>, NotPositiveDefinite> {
    let factor = covariance.cholesky().to_tensor()?;
    // A triangle with positive numbers on the diagonal has an inverse, so `solve` returns no error.
    Ok(factor.solve(samples).to_tensor().unwrap_or_else(|_| unreachable!()))
}

fn gain(
    p: &Array<f32, shape![State, State]>,
    h: &Array<f32, shape![Measured, State]>,
) -> Result<Array<f32, shape![State, Measured]>, SingularMatrix> {
    let ph = p.matmul(h.t()).to_array();
    Ok(h.matmul(&ph).solve(ph.t()).to_array()?.t().to_array())
}

#[test]
fn generic_and_named_lengths() {
    let x = whitened(&tensor![[4.0, 2.0], [2.0, 10.0]], &tensor![[2.0, 4.0], [7.0, 2.0]]).unwrap();
    assert_eq!(x, tensor![[1.0, 2.0], [2.0, 0.0]]);
    let eye = |[i, j]: [usize; 2]| if i == j { 2.0 } else { 0.0 };
    let k = gain(&Array::from_fn(eye), &Array::from_fn(eye)).unwrap();
    assert_eq!(k, [[0.5, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]]);
}

#[test]
#[should_panic(expected = "a square matrix is asked for here, and `(2, 3)` is not one")]
fn run_time_lengths_that_are_not_square() {
    let x = [0.0; 6];
    let x = TensorView::from_shape(shape![Dyn::of(2), Dyn::of(3)], &x).unwrap();
    let _ = x.inv();
}

#[test]
#[should_panic(
    expected = "cannot solve `(2, 2)` for `(3,)`: the matrix has 2 rows, the right-hand side 3"
)]
fn run_time_lengths_of_another_right_hand_side() {
    let x = [1.0; 4];
    let a = TensorView::from_shape(shape![Dyn::of(2), Dyn::of(2)], &x).unwrap();
    let b = TensorView::from_shape(shape![Dyn::of(3)], &x[..3]).unwrap();
    let _ = a.solve(b);
}
