//! `nalgebra`: views in both directions have the same elements at the same addresses, whatever
//! their strides, and mismatches are reported.

use nalgebra::{
    Const, DMatrix, DMatrixView, DMatrixViewMut, DVector, DVectorView, DVectorViewMut, Dyn, Matrix,
    Matrix2, Matrix2x3, Matrix2xX, Matrix3, MatrixView, RawStorage, RowDVector, RowVector3,
    SMatrix, SMatrixView, SVector, SVectorView, Vector3, dmatrix, dvector, matrix, vector,
};
use shapewright::{
    Array, Dim, Element, Extent, Length, Shape, ShapeError, Static, StaticLength, Storage, Tensor,
    TensorView, TensorViewMut, array, dim, prelude::*, shape, tensor,
};
use shapewright_tests::random::Scatter;

dim!(Rows, Columns, Pair = 2);

/// Checks that a tensor and a matrix have the same elements at the same addresses.
#[track_caller]
fn same_places<T: Element, S: Shape, B: Storage, R, C, Kept>(
    tensor: &Tensor<T, S, B>,
    matrix: &Matrix<T, R, C, Kept>,
) where
    R: nalgebra::Dim,
    C: nalgebra::Dim,
    Kept: RawStorage<T, R, C>,
{
    let (rows, columns) = matrix.shape();
    assert_eq!(tensor.shape().lengths().as_ref(), &[rows, columns][..S::RANK]);
    assert!(S::RANK == 2 || columns == 1, "a vector is a column");
    for i in 0..rows {
        for j in 0..columns {
            let mut at = S::FIRST;
            at.as_mut().copy_from_slice(&[i, j][..S::RANK]);
            assert!(core::ptr::eq(&tensor[at], &matrix[(i, j)]), "{i}, {j} is elsewhere");
        }
    }
}

#[test]
fn static_matrices_and_vectors_are_views_by_their_types() {
    let m = Matrix2x3::new(1, 2, 3, 4, 5, 6);
    let view: TensorView<i32, shape![2, 3]> = (&m).into();
    same_places(&view, &m);
    assert_eq!(view, array![[1, 2, 3], [4, 5, 6]]);
    // Names, and run-time lengths.
    same_places(&TensorView::<i32, shape![Pair, 3]>::from(&m), &m);
    let view: TensorView<i32, shape![?Rows, ?Columns]> = (&m).into();
    assert_eq!(view.shape(), shape![Rows.of(2), Columns.of(3)]);
    same_places(&view, &m);
    // A view of a part, by reference and by value.
    let part = m.fixed_view::<2, 2>(0, 1);
    same_places(&TensorView::<i32, shape![2, 2]>::from(&part), &part);
    same_places(&TensorView::<i32, shape![2, ?]>::from(part), &part);
    let row: TensorView<i32, shape![1, 3]> = m.fixed_rows::<1>(1).into();
    assert_eq!((row * tensor![[1, 1, 1], [2, 2, 2]]).to_tensor(), tensor![[4, 5, 6], [8, 10, 12]]);

    let v = Vector3::new(1, 2, 3);
    same_places(&TensorView::<i32, shape![3]>::from(&v), &v);
    same_places(&TensorView::<i32, shape![?]>::from(&v), &v);
    same_places(&TensorView::<i32, shape![3, 1]>::from(&v), &v);
    same_places(&TensorView::<i32, shape![3, { 1 }]>::from(&v), &v);
    let row = RowVector3::new(1, 2, 3);
    same_places(&TensorView::<i32, shape![1, 3]>::from(&row), &row);
}

#[test]
fn matrices_of_run_time_lengths_are_compared() -> Result<(), ShapeError> {
    let m = dmatrix![1, 2, 3; 4, 5, 6];
    let view: TensorView<i32, shape![2, 3]> = (&m).try_into()?;
    same_places(&view, &m);
    assert_eq!(view, array![[1, 2, 3], [4, 5, 6]]);
    let view: TensorView<i32, shape![Pair, ?Columns]> = (&m).try_into()?;
    assert_eq!(view.shape(), shape![Pair, Columns.of(3)]);
    // Parts with strides, by value and by reference.
    let part = m.columns_with_step(0, 2, 1);
    let view: TensorView<i32, shape![2, ?]> = part.try_into()?;
    same_places(&view, &part);
    assert_eq!(view.to_vec(), [1, 3, 4, 6]);
    same_places(&TensorView::<i32, shape![?, 2]>::try_from(&part)?, &part);
    // One length is a type, the other a number.
    let m = Matrix2xX::from_row_slice(&[1, 2, 3, 4, 5, 6]);
    same_places(&TensorView::<i32, shape![2, 3]>::try_from(&m)?, &m);
    let part = m.columns(1, 2);
    same_places(&TensorView::<i32, shape![?, 2]>::try_from(part)?, &part);
    let v = dvector![1, 2, 3];
    same_places(&TensorView::<i32, shape![3]>::try_from(&v)?, &v);
    same_places(&TensorView::<i32, shape![?, 1]>::try_from(&v)?, &v);
    let part = v.rows_with_step(0, 2, 1);
    same_places(&TensorView::<i32, shape![?]>::try_from(part)?, &part);
    let row = RowDVector::from_vec(vec![1, 2, 3]);
    same_places(&TensorView::<i32, shape![1, ?]>::try_from(&row)?, &row);
    Ok(())
}

#[test]
fn writes_are_seen_on_the_other_side() -> Result<(), ShapeError> {
    let mut m = Matrix3::new(1, 2, 3, 4, 5, 6, 7, 8, 9);
    let mut view: TensorViewMut<i32, shape![3, 3]> = (&mut m).into();
    view += array![100, 200, 300];
    assert_eq!(m, matrix![101, 202, 303; 104, 205, 306; 107, 208, 309]);
    TensorViewMut::<i32, shape![2, 2]>::try_from(m.fixed_view_mut::<2, 2>(1, 1))?.assign(0);
    TensorViewMut::<i32, shape![3]>::try_from(m.column_mut(0))?.assign(array![1, 2, 3]);
    assert_eq!(m, matrix![1, 202, 303; 2, 0, 0; 3, 0, 0]);
    let mut v = Vector3::new(1, 2, 3);
    TensorViewMut::<i32, shape![3]>::from(&mut v).assign(9);
    assert_eq!(v, vector![9, 9, 9]);

    let mut m = dmatrix![1, 2, 3; 4, 5, 6];
    let mut view: TensorViewMut<i32, shape![?, 3]> = (&mut m).try_into()?;
    view.row_mut(1).assign(array![7, 8, 9]);
    TensorViewMut::<i32, shape![2, ?]>::try_from(m.columns_with_step_mut(0, 2, 1))?
        .map_in_place(|x| -x);
    assert_eq!(m, dmatrix![-1, 2, -3; -7, 8, -9]);
    let mut v = dvector![1, 2, 3];
    TensorViewMut::<i32, shape![?]>::try_from(&mut v)?.assign(5);
    assert_eq!(v, dvector![5, 5, 5]);

    // A view from a matrix converts back, and so does a row of a tensor.
    let mut view: TensorViewMut<i32, shape![2, ?]> = (&mut m).try_into()?;
    DMatrixViewMut::try_from(view.view_mut())?.swap_rows(0, 1);
    let mut part: DMatrixViewMut<i32> = view.narrow_mut(Axis::<1>, 1, Dim::<2>).try_into()?;
    part.fill_column(1, 0);
    assert_eq!(m, dmatrix![-7, 8, 0; -1, 2, 0]);
    let mut x = tensor![[1, 2, 3], [4, 5, 6]];
    let mut row: DVectorViewMut<i32> = x.row_mut(1).try_into()?;
    row.add_scalar_mut(1);
    assert_eq!(x, tensor![[1, 2, 3], [5, 6, 7]]);
    let mut y = array![1.0f64, 2.0];
    DVectorViewMut::from(&mut y).normalize_mut();
    assert_eq!(y, array![1.0 / 5.0f64.sqrt(), 2.0 / 5.0f64.sqrt()]);
    Ok(())
}

#[test]
fn transposes_and_vectors_are_views() -> Result<(), ShapeError> {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let columns = x.t().view();
    let m: DMatrixView<i32> = columns.try_into()?;
    same_places(&columns, &m);
    assert_eq!((m.strides(), m.into_owned()), ((1, 3), dmatrix![1, 4; 2, 5; 3, 6]));
    same_places(&columns, &DMatrixView::try_from(x.t())?);
    let m: SMatrixView<i32, 3, 2> = columns.try_into()?;
    same_places(&columns, &m);
    let m: MatrixView<i32, Dyn, Const<2>> = columns.try_into()?;
    same_places(&columns, &m);
    assert_eq!(m * dvector![10, 1], dvector![14, 25, 36]);
    // Some of the rows: there is a gap between columns.
    let part = columns.narrow(Axis::<0>, 1, Dim::<2>);
    let m = DMatrixView::try_from(part)?;
    assert_eq!((m.strides(), m.iter().copied().collect::<Vec<_>>()), ((1, 3), vec![2, 3, 5, 6]));
    same_places(&part, &m);

    let v = array![1, 2, 3];
    same_places(&v, &DVectorView::from(&v));
    let inferred: SVectorView<i32, 3> = (&v).into();
    same_places(&v, &inferred);
    assert_eq!(inferred.as_slice(), [1, 2, 3]);
    same_places(&v, &SVectorView::<i32, 3>::from(&v));
    let row = x.row(1);
    same_places(&row, &DVectorView::try_from(row)?);
    assert_eq!(DVectorView::try_from(row)?.sum(), 15);
    Ok(())
}

/// Along `One` a tensor has no stride of its own, but a matrix of `nalgebra` has one.
#[test]
fn rows_and_columns_of_length_1() -> Result<(), ShapeError> {
    let row: Tensor<i32, shape![1, 3]> = tensor![[1, 2, 3]];
    let m: DMatrixView<i32> = row.view().try_into()?;
    assert_eq!((m.strides(), m.iter().copied().collect::<Vec<_>>()), ((1, 1), vec![1, 2, 3]));
    same_places(&row, &m);
    let column: Tensor<i32, shape![3, 1]> = tensor![[1], [2], [3]];
    let m: DMatrixView<i32> = column.view().try_into()?;
    assert_eq!((m.strides(), m.iter().copied().collect::<Vec<_>>()), ((1, 3), vec![1, 2, 3]));
    assert_eq!(m.iter().rev().copied().collect::<Vec<_>>(), [3, 2, 1]);
    same_places(&column, &DVectorView::try_from(column.view())?);
    let one: Tensor<i32, shape![1]> = tensor![7].rename::<shape![1]>();
    assert_eq!(DVectorView::from(&one).sum(), 7);
    // Columns that repeat.
    let wide = column.broadcast_to(shape![3, 4]);
    let m = DMatrixView::try_from(wide.view())?;
    assert_eq!(m.strides(), (1, 0));
    assert_eq!(m.iter().copied().collect::<Vec<_>>(), [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
    assert_eq!(m.iter().rev().copied().collect::<Vec<_>>(), [3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1]);
    assert_eq!(m * DVector::from_element(4, 1), dvector![4, 8, 12]);
    same_places(&TensorView::<i32, shape![3, 4]>::try_from(m)?, &m);
    Ok(())
}

#[test]
fn empty_axes() -> Result<(), ShapeError> {
    let mut m = DMatrix::<f32>::zeros(0, 3);
    assert_eq!(TensorView::<f32, shape![?, 3]>::try_from(&m)?.shape().lengths(), [0, 3]);
    TensorViewMut::<f32, shape![0, ?]>::try_from(&mut m)?.assign(1.0);
    assert_eq!(Tensor::<f32, shape![0, 3]>::try_from(m)?.sum(), 0.0);
    let m = SMatrix::<f32, 2, 0>::zeros();
    assert_eq!(TensorView::<f32, shape![2, ?]>::from(&m).sum(), 0.0);

    let none = Tensor::<f32, shape![0, 3]>::zeros();
    assert_eq!(DMatrixView::try_from(none.view())?.shape(), (0, 3));
    assert_eq!(SMatrixView::<f32, 0, 3>::try_from(none.view())?.len(), 0);
    assert_eq!(DMatrix::from(&none), DMatrix::<f32>::zeros(0, 3));
    let none = Tensor::<f32, shape![5, 0]>::zeros();
    assert_eq!(DMatrixView::try_from(none.view())?.iter().rev().count(), 0);
    assert_eq!(SMatrix::<f32, 5, 0>::from(none).len(), 0);
    let none = Array::<f32, shape![0]>::default();
    assert_eq!(SVectorView::<f32, 0>::from(&none).len(), 0);
    let strange = TensorView::<f32, shape![0, 2]>::with_strides(&[], 0, [isize::MIN, -1])?;
    assert_eq!(DMatrixView::try_from(strange)?.shape(), (0, 2));
    Ok(())
}

#[test]
fn what_does_not_fit_is_told() {
    let m = dmatrix![1, 2, 3; 4, 5, 6];
    let error = TensorView::<i32, shape![2, 4]>::try_from(&m).unwrap_err();
    assert_eq!(
        error.to_string(),
        "shape mismatch: expected (2, 4), found (2, 3): axis -1 must be 4, not 3\n  expected  2  4\n  found     2  3\n               ^"
    );
    let error =
        Tensor::<i32, shape![3, ?Rows]>::try_from(Matrix2xX::from_row_slice(&[1, 2])).unwrap_err();
    assert_eq!(error.axis(), Some(-2));
    // A matrix whose type does not say that it has one column has two axes.
    let error = TensorView::<i32, shape![?]>::try_from(&dmatrix![1; 2]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("shape mismatch: expected (?,), found (2, 1): rank must be 1, not 2")
    );
    let error = TensorView::<i32, shape![4]>::try_from(&dvector![1, 2]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("shape mismatch: expected (4,), found (2,): axis -1 must be 4, not 2")
    );
}

#[test]
fn strides_that_nalgebra_has_not_are_told() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let error = DMatrixView::try_from(x.view()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a column of a view in `nalgebra` has its elements one after the other: shape (2, 3) has strides (3, 1); its \
         transpose has, `x.t()`, or copy it, by `DMatrix::from(&x)`"
    );
    let columns = x.t().view();
    let error = DMatrixView::try_from(columns.flip(Axis::<0>).view()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a column of a view in `nalgebra` has its elements one after the other: shape (3, 2) has strides (-1, 3); copy \
         it, by `DMatrix::from(&x)`"
    );
    let error = DMatrixView::try_from(columns.flip(Axis::<1>).view()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a view in `nalgebra` has no negative strides: shape (3, 2) has strides (1, -3); copy it, by `DMatrix::from(&x)`"
    );
    let error: ShapeError =
        DVectorView::try_from(tensor![1, 2].flip(Axis::<0>).view()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a column of a view in `nalgebra` has its elements one after the other: shape (2,) has strides (-1,); copy it, \
         by `DVector::from(&x)`, or by `.to_tensor()` before"
    );
    let error: ShapeError = DVectorView::try_from(x.index_axis(Axis::<1>, 0)).unwrap_err();
    assert!(error.to_string().contains(": shape (2,) has strides (3,); "));
    let row: Tensor<i32, shape![1, 3]> = tensor![[1, 2, 3]];
    let error = DMatrixView::try_from(row.broadcast_to(shape![2, 3]).view()).unwrap_err();
    assert!(error.to_string().contains(": shape (2, 3) has strides (0, 1); "));
    let error =
        SMatrixView::<i32, 2, 2>::try_from(columns.narrow(Axis::<0>, 0, Dim::<2>)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a view in `nalgebra` of a static number of rows has its columns one after the other: shape (2, 2) has strides \
         (1, 3); copy it, by `DMatrix::from(&x)`"
    );
    // A negative stride along a length of 1 has no effect.
    let one = TensorView::<i32, shape![{ 1 }, 3]>::with_strides(&[1, 2, 3], 0, [-9, 1])
        .expect("in the slice");
    assert_eq!(DMatrixView::try_from(one).expect("no stride is needed").sum(), 6);
}

/// With strides that the user sets, `nalgebra` makes mutable views whose elements are not
/// contiguous.
#[test]
fn mutable_views_that_overlap_or_interleave_are_refused() {
    let mut memory = [1, 2, 3, 4, 5, 6];
    for (rows, columns) in [(0, 1), (1, 0), (1, 1), (0, 0)] {
        let (rows, columns) = (Dyn(rows), Dyn(columns));
        // SAFETY: the strides reach no element outside `memory`, and nothing is read or written
        // through the view.
        let view = unsafe {
            DMatrixViewMut::from_slice_with_strides_generic_unchecked(
                &mut memory,
                0,
                Dyn(2),
                Dyn(2),
                rows,
                columns,
            )
        };
        let error = TensorViewMut::<i32, shape![2, ?]>::try_from(view).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "the elements of a mutable view overlap, or interleave: shape (2, 2) has strides ({}, {}); copy it to a \
                 tensor",
                rows.0, columns.0
            )
        );
        assert_eq!((error.axis(), error.expected().is_none()), (None, true));
        assert_eq!(error.found().map(|found| found.to_vec()), Some(vec![2, 2]));
    }
    let mut interleaved = [0; 8];
    let view = DMatrixViewMut::from_slice_with_strides_mut(&mut interleaved, 3, 2, 2, 3);
    let error = TensorViewMut::<i32, shape![3, 2]>::try_from(view).unwrap_err();
    assert!(error.to_string().contains("interleave: shape (3, 2) has strides (2, 3); "));
    let view = DMatrixViewMut::from_slice_with_strides_mut(&mut memory, 2, 2, 3, 1);
    let mut view =
        TensorViewMut::<i32, shape![2, 2]>::try_from(view).expect("rows, and a gap between them");
    view += array![[10, 20], [30, 40]];
    assert_eq!(memory, [11, 22, 3, 34, 45, 6]);
}

#[test]
fn owned_matrices_are_copies() -> Result<(), ShapeError> {
    let m = Matrix2x3::new(1, 2, 3, 4, 5, 6);
    let (by_value, by_reference): (Tensor<i32, shape![2, 3]>, Tensor<i32, shape![?, 3]>) =
        (m.into(), (&m).into());
    assert_eq!(
        (by_value.as_slice(), by_reference.as_slice()),
        (&[1, 2, 3, 4, 5, 6][..], &[1, 2, 3, 4, 5, 6][..])
    );
    assert_eq!(by_value.as_slice().as_ptr().align_offset(64), 0);
    let inline: Array<i32, shape![2, 3]> = m.into();
    assert_eq!(inline, by_value);
    let inline: Array<i32, shape![3]> = vector![1, 2, 3].into();
    assert_eq!(inline, [1, 2, 3]);
    let x: Tensor<i32, shape![?, ?]> = dmatrix![1, 2, 3; 4, 5, 6].try_into()?;
    assert_eq!(x.as_slice(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(Tensor::<i32, shape![?, ?]>::try_from(&dmatrix![1, 2, 3; 4, 5, 6])?, x);

    let back: DMatrix<i32> = x.clone().into();
    assert_eq!((back.as_slice(), DMatrix::from(&x)), (&[1, 4, 2, 5, 3, 6][..], back.clone()));
    assert_eq!(DMatrix::from(x.t().view()), back.transpose());
    assert_eq!(DMatrix::from(x.flip(Axis::<0>).view()), dmatrix![4, 5, 6; 1, 2, 3]);
    assert_eq!(Matrix2x3::from(&by_value), m);
    assert_eq!(SMatrix::<i32, 2, 3>::from(by_value.view()), m);
    let half: Matrix2xX<i32> = by_value.into();
    assert_eq!(half.as_slice(), [1, 4, 2, 5, 3, 6]);
    assert_eq!(DVector::from(tensor![1.0, 2.0]), dvector![1.0, 2.0]);
    assert_eq!(SVector::<bool, 2>::from(array![true, false]), vector![true, false]);
    let column: Tensor<i32, shape![2, 1]> = tensor![[1], [2]];
    assert_eq!(DVector::from(&column), dvector![1, 2]);
    assert_eq!(DMatrix::from(&column), dmatrix![1; 2]);
    Ok(())
}

/// In code that is generic over lengths, no bound is needed for tensors on the heap.
#[test]
fn generic_code() {
    fn norm<N: Length, C: Extent>(x: &Tensor<f64, (N, C)>) -> f64 {
        DMatrix::from(x).norm()
    }
    fn sum<N: Length>(x: &Tensor<f64, (N,)>) -> f64 {
        DVectorView::from(x).sum() + DVector::from(x).sum()
    }
    fn inverse<N: StaticLength<Size = Static<2>>>(x: &Array<f64, (N, N)>) -> Array<f64, (N, N)> {
        Matrix2::from(x).try_inverse().expect("regular").into()
    }
    assert_eq!(norm(&tensor![[3.0, 0.0], [0.0, 4.0]]), 5.0);
    assert_eq!(sum(&tensor![3.0, 1.0]), 8.0);
    assert_eq!(inverse(&array![[2.0, 0.0], [0.0, 4.0]]), array![[0.5, 0.0], [0.0, 0.25]]);
}

/// Random parts of matrices, converted there and back.
#[test]
fn random_matrices() -> Result<(), ShapeError> {
    let mut random = Scatter::new(19);
    let mut seen = 0;
    for _ in 0..2000 {
        let (rows, columns) = (random.below(12), random.below(12));
        let m = DMatrix::from_fn(rows, columns, |i, j| (100 * i + j) as i32);
        let (row, column) = (random.below(rows / 2 + 1), random.below(columns / 2 + 1));
        let steps = (random.below(3), random.below(3));
        let fits = |from, of: usize, step| (of - from + step) / (step + 1);
        let shape = (fits(row, rows, steps.0), fits(column, columns, steps.1));
        let part = m.view_with_steps((row, column), shape, steps);
        let view: TensorView<i32, shape![?, ?]> = part.try_into()?;
        same_places(&view, &part);
        if steps.0 == 0 || shape.0 < 2 || shape.1 == 0 {
            same_places(&view, &DMatrixView::try_from(view)?);
        }
        assert_eq!(DMatrix::from(view), part);
        assert_eq!(Tensor::<i32, shape![?, ?]>::try_from(part)?, view);
        seen += view.len();
    }
    assert!(seen > 5000, "{seen}");
    Ok(())
}

/// Random views: those whose columns are contiguous and not reversed convert to `nalgebra` views,
/// and any can be copied.
#[test]
fn random_tensors() -> Result<(), ShapeError> {
    let mut random = Scatter::new(20);
    let memory: Vec<i32> = (0..500).collect();
    let (mut seen, mut refused) = (0, 0);
    for _ in 0..2000 {
        let shape = shape![Rows.of(random.below(6)), Columns.of(random.below(6))];
        let strides = [[1, 1, 1, 0, 2, -1][random.below(6)], random.below(20) as isize - 5];
        let view = TensorView::from_shape_strides(shape, &memory, 250, strides)?;
        let copy = DMatrix::from(view);
        assert!(
            (0..shape.0.len()).all(|i| (0..shape.1.len()).all(|j| copy[(i, j)] == view[[i, j]]))
        );
        let (rows, columns) = (shape.0.len(), shape.1.len());
        let expected =
            view.is_empty() || !((rows > 1 && strides[0] != 1) || (columns > 1 && strides[1] < 0));
        let Ok(m) = DMatrixView::try_from(view) else {
            assert!(!expected, "{rows} by {columns}, {strides:?}");
            refused += 1;
            continue;
        };
        assert!(expected, "{rows} by {columns}, {strides:?}");
        same_places(&view, &m);
        assert_eq!(m, copy);
        assert!(m.iter().eq(copy.iter()) && m.iter().rev().eq(copy.iter().rev()));
        let ones = DVector::from_element(columns, 1);
        assert_eq!(m * &ones, &copy * ones);
        seen += 1;
    }
    assert!(seen > 500 && refused > 500, "{seen} {refused}");
    Ok(())
}
