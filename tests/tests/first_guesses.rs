//! The first attempts of a new user who comes from NumPy, ndarray or nalgebra: each guess is a
//! named test, and compiles. The messages for guesses that do not compile are in `ui/parts`, such
//! as a row by `x[0]` or a number as a length, and in `ui/evaluation`: a lazy value that is printed
//! or indexed.

use shapewright::{ShapeError, Tensor, prelude::*};

dim!(Rows);

fn x() -> Tensor<f32, shape![2, 3]> {
    [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].into()
}

/// Defines a test for each guess.
macro_rules! guesses {
    ($($name:ident: $guess:block)*) => {$(
        #[test]
        fn $name() -> Result<(), ShapeError> {
            $guess
            Ok(())
        }
    )*};
}
guesses! {
    from_nested_arrays: {
        assert_eq!(Tensor::<f32, shape![2, 2]>::from([[1.0, 2.0], [3.0, 4.0]])[[1, 0]], 3.0);
    }
    an_inline_array_from_nested_arrays: {
        assert_eq!(Array::<i32, shape![2]>::from([1, 2])[1], 2);
    }
    into_nested_arrays: {
        let rows: [[f32; 3]; 2] = x().into();
        assert_eq!(rows[1], [4.0, 5.0, 6.0]);
    }
    a_view_of_nested_arrays: {
        let rows = [[1.0f32, 2.0], [3.0, 4.0]];
        let view: TensorView<f32, shape![2, 2]> = (&rows).into();
        assert_eq!(view.sum(), 10.0);
    }
    try_from_a_vector: {
        let x: Tensor<f32, shape![2, 2]> = vec![1.0, 2.0, 3.0, 4.0].try_into()?;
        assert_eq!(x[[1, 1]], 4.0);
    }
    try_from_a_slice: {
        let x = Tensor::<f32, shape![2, 2]>::try_from(&[1.0, 2.0, 3.0, 4.0][..])?;
        assert_eq!(x[[1, 1]], 4.0);
    }
    try_from_rows: {
        let x = Tensor::<f32, shape![?, ?]>::try_from(vec![vec![1.0, 2.0], vec![3.0, 4.0]])?;
        assert_eq!(x.shape().lengths(), [2, 2]);
    }
    from_vec: {
        assert_eq!(Tensor::<i32, shape![2, 2]>::from_vec(vec![1, 2, 3, 4])?.sum(), 10);
    }
    from_slice: {
        assert_eq!(Tensor::<i32, shape![?Rows, 2]>::from_slice(&[1, 2, 3, 4])?.sum(), 10);
    }
    try_from_iter: {
        assert_eq!(Tensor::<i32, shape![2, 2]>::try_from_iter(1..5)?.sum(), 10);
    }
    collect: {
        let rows: Tensor<i32, shape![?Rows, 2]> = (0..3).map(|i| [i, i * i]).collect();
        assert_eq!(rows[[2, 1]], 4);
    }
    from_fn_in_a_return: {
        fn identity() -> Tensor<f32, shape![3, 3]> {
            Tensor::from_fn(|[i, j]| if i == j { 1.0 } else { 0.0 })
        }
        assert_eq!(identity().sum(), 3.0);
    }
    default: {
        assert_eq!(Tensor::<f32, shape![2]>::default(), [0.0, 0.0]);
    }
    to_vec: {
        assert_eq!(x().t().view().to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    }
    into_vec: {
        assert_eq!(x().into_vec().len(), 6);
    }
    a_vector_from_a_tensor: {
        let elements: Vec<f32> = x().into();
        assert_eq!(elements.len(), 6);
    }
    rows_from_a_tensor: {
        let rows: Vec<Vec<f32>> = x().into();
        assert_eq!(rows[1], [4.0, 5.0, 6.0]);
    }
    bytes_and_back: {
        let x = x();
        assert_eq!(TensorView::<f32, shape![2, 3]>::from_bytes(x.as_bytes())?, x);
    }
    equal_to_nested_arrays: {
        assert_eq!(x(), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    }
    equal_to_a_vector: {
        assert_eq!(x().row(0), vec![1.0, 2.0, 3.0]);
    }
    an_element_of_a_vector: {
        let mut v = tensor![1.0, 2.0];
        v[0] += v[1];
        assert_eq!(v[0], 3.0);
    }
    iterating: {
        let x = x();
        let mut total = 0.0;
        for element in &x {
            total += element;
        }
        assert_eq!(total, x.iter().sum::<f32>());
    }
    iterating_with_indices: {
        assert!(x().indexed_iter().all(|([i, j], &x)| x == (3 * i + j + 1) as f32));
    }
    writing_to_each_element: {
        let mut x = x();
        x.iter_mut().for_each(|x| *x = -*x);
        x.map_in_place(f32::abs);
        assert_eq!(x.sum(), 21.0);
    }
    a_row_and_a_column: {
        let x = x();
        assert_eq!((x.row(1).sum(), x.column(0).sum()), (15.0, 5.0));
    }
    a_row_that_is_written_to: {
        let mut x = x();
        x.row_mut(0).assign(tensor![7.0, 8.0, 9.0]);
        assert_eq!(x.row(0).sum(), 24.0);
    }
    rows: {
        let sums: Vec<f32> = x().rows().map(|row| row.sum()).collect();
        assert_eq!(sums, [6.0, 15.0]);
    }
    minibatches: {
        let sums: Vec<f32> = x().axis_chunks(Axis::<0>, 1).map(|batch| batch.sum()).collect();
        assert_eq!(sums, [6.0, 15.0]);
    }
}
