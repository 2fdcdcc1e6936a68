//! Tensors from nested arrays, slices and vectors, and back.

use shapewright::{
    Array, Dim, Dyn, Element, One, ShapeError, StaticLength, Tensor, TensorView, TensorViewMut,
    array, dim, prelude::*, shape, tensor,
};

dim!(Rows, Columns);
dim!(Batch = 2, Features = 3);

const NESTED: [[[[i32; 2]; 3]; 1]; 2] = [[[[1, 2], [3, 4], [5, 6]]], [[[7, 8], [9, 10], [11, 12]]]];
const FLAT: [i32; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

#[test]
fn nested_arrays_of_each_rank_become_tensors_and_come_back() {
    let one: Tensor<i32, shape![12]> = FLAT.into();
    assert_eq!((one.as_slice(), <[i32; 12]>::from(one.clone())), (&FLAT[..], FLAT));
    let two: Tensor<i32, shape![3, 2]> = NESTED[0][0].into();
    assert_eq!((two.as_slice(), <[[i32; 2]; 3]>::from(two.clone())), (&FLAT[..6], NESTED[0][0]));
    let three: Tensor<i32, shape![1, 3, 2]> = NESTED[0].into();
    assert_eq!(
        (three.as_slice(), <[[[i32; 2]; 3]; 1]>::from(three.clone())),
        (&FLAT[..6], NESTED[0])
    );
    let four: Tensor<i32, shape![2, 1, 3, 2]> = NESTED.into();
    assert_eq!(
        (four.as_slice(), <[[[[i32; 2]; 3]; 1]; 2]>::from(four.clone())),
        (&FLAT[..], NESTED)
    );
}

#[test]
fn nested_arrays_of_each_rank_become_inline_arrays_and_come_back() {
    let one: Array<i32, shape![12]> = FLAT.into();
    assert_eq!((one.as_slice(), <[i32; 12]>::from(one)), (&FLAT[..], FLAT));
    let two: Array<i32, shape![3, 2]> = NESTED[0][0].into();
    assert_eq!((two.as_slice(), <[[i32; 2]; 3]>::from(two)), (&FLAT[..6], NESTED[0][0]));
    let three: Array<i32, shape![{ 1 }, 3, 2]> = NESTED[0].into();
    assert_eq!((three.as_slice(), <[[[i32; 2]; 3]; 1]>::from(three)), (&FLAT[..6], NESTED[0]));
    let four: Array<i32, shape![2, 1, 3, 2]> = NESTED.into();
    assert_eq!((four.as_slice(), <[[[[i32; 2]; 3]; 1]; 2]>::from(four)), (&FLAT[..], NESTED));
}

#[test]
fn a_view_of_nested_arrays_is_where_they_are() {
    let one: TensorView<i32, shape![12]> = (&FLAT).into();
    assert_eq!(one, FLAT);
    let two: TensorView<i32, (Features, Dim<2>)> = (&NESTED[0][0]).into();
    assert_eq!(two[[2, 0]], 5);
    let three: TensorView<i32, shape![1, 3, 2]> = (&NESTED[0]).into();
    assert_eq!(three, NESTED[0]);
    let nested = NESTED;
    let four = TensorView::<i32, shape![2, 1, 3, 2]>::from(&nested);
    assert!(std::ptr::eq(&four[[1, 0, 2, 1]], &nested[1][0][2][1]));
    assert_eq!(four.to_vec(), FLAT);
    assert_eq!((four + 1).to_tensor().to_vec()[11], 13);
}

#[test]
fn axes_with_names_and_in_generic_code_are_filled_too() {
    let named: Tensor<i32, shape![Batch, Features]> = [[1, 2, 3], [4, 5, 6]].into();
    assert_eq!(<[[i32; 3]; 2]>::from(named.clone()), [[1, 2, 3], [4, 5, 6]]);
    assert_eq!(Array::<i32, shape![Batch, Features]>::from([[1, 2, 3], [4, 5, 6]]), named);
    let column: Array<f32, (Dim<2>, One)> = [[1.0], [2.0]].into();
    assert_eq!(column, [[1.0], [2.0]]);

    fn zeros<T: Element, N: StaticLength>() -> Tensor<T, (N,)> {
        Tensor::default()
    }
    assert_eq!(zeros::<f32, Features>(), [0.0; 3]);

    fn there_and_back<const N: usize, const M: usize>(x: [[f32; N]; M]) -> [[f32; N]; M] {
        let view = TensorView::<f32, (Dim<M>, Dim<N>)>::from(&x);
        assert_eq!(Array::<f32, (Dim<M>, Dim<N>)>::from(x), view);
        Tensor::<f32, (Dim<M>, Dim<N>)>::from(x).into()
    }
    assert_eq!(
        there_and_back([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    );
}

#[test]
fn empty_arrays_become_empty_tensors() {
    let none: Tensor<f32, shape![0]> = [].into();
    assert_eq!((<[f32; 0]>::from(none.clone()), none.to_vec()), ([], vec![]));
    let rows: Tensor<f32, shape![2, 0]> = [[], []].into();
    assert_eq!(rows, [[0.0; 0]; 2]);
    assert_eq!(<[[f32; 0]; 2]>::from(rows.view()), [[0.0; 0]; 2]);
    let view: TensorView<f32, shape![0, 2]> = (&[[0.0; 2]; 0]).into();
    assert!(view.is_empty() && view.to_vec().is_empty());
}

#[test]
fn a_view_becomes_nested_arrays_by_its_strides() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let transposed = x.permute_dims((Axis::<1>, Axis::<0>)).view();
    assert_eq!(<[[i32; 2]; 3]>::from(transposed), [[1, 4], [2, 5], [3, 6]]);
    let mut samples = [1, 2, 3];
    let view = TensorViewMut::<i32, shape![3]>::new(&mut samples).unwrap();
    assert_eq!(<[i32; 3]>::from(view), [1, 2, 3]);
}

#[test]
fn elements_are_listed_in_row_major_order_from_any_storage() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    assert_eq!(x.to_vec(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(x.to_array().to_vec(), x.to_vec());
    assert_eq!(x.view().to_vec(), x.to_vec());
    assert_eq!(x.clone().view_mut().to_vec(), x.to_vec());
    assert_eq!(x.permute_dims((Axis::<1>, Axis::<0>)).view().to_vec(), [1, 4, 2, 5, 3, 6]);
    assert_eq!(x.clone().into_vec(), x.to_vec());
    assert_eq!(tensor![7.0].sum_axis(Axis::<0>).to_tensor().to_vec(), [7.0]);
    assert!(Tensor::<u8, _>::zeros_of(shape![Rows.of(0), Columns.of(3)]).into_vec().is_empty());
    assert_eq!(Tensor::full_of(shape![Rows.of(2), Columns.of(2)], true).into_vec(), [true; 4]);
}

#[test]
fn strides_that_repeat_or_go_backwards_are_followed() {
    let samples = [1, 2, 3];
    let repeated = TensorView::<i32, shape![2, 3]>::with_strides(&samples, 2, [0, -1])
        .expect("they reach no further");
    assert_eq!(repeated.to_vec(), [3, 2, 1, 3, 2, 1]);
    assert_eq!(repeated, [[3, 2, 1], [3, 2, 1]]);
    let nested = Tensor::<i32, shape![2, 1, 3, 2]>::from(NESTED);
    let all = nested.permute_dims((Axis::<3>, Axis::<0>, Axis::<2>, Axis::<1>)).view();
    assert_eq!(all.to_vec(), [1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12]);
    assert_eq!(all.to_vec(), all.to_tensor().to_vec());
}

#[test]
fn a_slice_or_a_vector_of_another_number_of_elements_is_refused() {
    let says = |result: Result<(), ShapeError>, text: &str| {
        assert_eq!(result.unwrap_err().to_string(), text)
    };
    let one: Tensor<i32, shape![3]> = vec![1, 2, 3].try_into().unwrap();
    assert_eq!(one, [1, 2, 3]);
    says(
        Tensor::<i32, shape![3]>::try_from(vec![1, 2]).map(drop),
        "wrong number of elements: shape (3,) holds 3 elements, found 2",
    );
    let two = Tensor::<i32, shape![Batch, 2]>::try_from(vec![1, 2, 3, 4]).unwrap();
    assert_eq!(two, [[1, 2], [3, 4]]);
    says(
        Tensor::<i32, shape![?Rows, 2]>::try_from(vec![1, 2, 3]).map(drop),
        "wrong number of elements: shape (?Rows, 2) holds a multiple of 2, found 3",
    );
    let three = Tensor::<i32, shape![1, 3, 2]>::try_from(FLAT[..6].to_vec()).unwrap();
    assert_eq!(three, NESTED[0]);
    let four = Tensor::<i32, shape![?, 1, 3, 2]>::try_from(FLAT.to_vec()).unwrap();
    assert_eq!(four.shape().lengths(), [2, 1, 3, 2]);

    let slice = Tensor::<i32, shape![Features]>::try_from(&FLAT[..3]).unwrap();
    assert_eq!(slice, [1, 2, 3]);
    let slice = Tensor::<i32, shape![?Rows]>::try_from(&FLAT[..5]).unwrap();
    assert_eq!(slice, [1, 2, 3, 4, 5]);
    says(
        Tensor::<i32, shape![3, 2]>::try_from(&FLAT[..]).map(drop),
        "wrong number of elements: shape (3, 2) holds 6 elements, found 12",
    );
}

#[test]
fn rows_of_one_length_become_a_tensor() {
    let rows = vec![vec![1, 2], vec![3, 4], vec![5, 6]];
    let x = Tensor::<i32, shape![?Rows, ?Columns]>::try_from(rows.clone()).unwrap();
    assert_eq!(x, NESTED[0][0]);
    assert_eq!(Tensor::<i32, shape![?Rows, 2]>::try_from(rows.clone()).unwrap(), NESTED[0][0]);
    assert_eq!(Tensor::<i32, shape![3, 2]>::try_from(rows.clone()).unwrap(), NESTED[0][0]);
    let error = Tensor::<i32, shape![?Rows, 3]>::try_from(rows).unwrap_err();
    assert_eq!(
        (error.axis(), error.to_string().lines().next()),
        (
            Some(-1),
            Some("shape mismatch: expected (?Rows, 3), found (3, 2): axis -1 must be 3, not 2",)
        )
    );
}

#[test]
fn a_ragged_row_is_named() {
    let rows = vec![vec![0.0; 4], vec![0.0; 4], vec![0.0; 3]];
    let error = Tensor::<f32, (Dyn<Rows>, Dyn<Columns>)>::try_from(rows.clone()).unwrap_err();
    assert_eq!(error.to_string(), "row 2 has 3 elements, row 0 has 4");
    let error = Tensor::<f32, shape![?, 4]>::try_from(rows).unwrap_err();
    assert_eq!(error.to_string(), "row 2 has 3 elements, row 0 has 4");
}

#[test]
fn no_rows_are_no_columns_unless_the_type_says_how_many() {
    let none = || Vec::<Vec<f32>>::new();
    assert_eq!(Tensor::<f32, shape![?, ?]>::try_from(none()).unwrap().shape().lengths(), [0, 0]);
    assert_eq!(Tensor::<f32, shape![?, 3]>::try_from(none()).unwrap().shape().lengths(), [0, 3]);
    assert!(Tensor::<f32, shape![2, 3]>::try_from(none()).is_err());
    let empty = vec![Vec::<f32>::new(); 5];
    assert_eq!(Tensor::<f32, shape![?, ?]>::try_from(empty).unwrap().shape().lengths(), [5, 0]);
}

#[test]
fn tensors_are_compared_with_nested_arrays() {
    let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    assert_eq!(x, [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(x.to_array(), [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(x.permute_dims((Axis::<1>, Axis::<0>)).view(), [[1.0, 3.0], [2.0, 4.0]]);
    assert_ne!(x, [[1.0, 2.0], [3.0, 5.0]]);
    assert_ne!(x, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    assert_ne!(x, [[1.0, 2.0, 3.0, 4.0]]);
    assert_ne!(array![f32::NAN], [f32::NAN]);
    let batch = Tensor::<f32, shape![?Rows, 2]>::from(vec![[1.0, 2.0]]);
    assert_eq!(batch, [[1.0, 2.0]]);
    assert_ne!(batch, [[1.0, 2.0], [1.0, 2.0]]);
    assert_eq!(array![[[1u8], [2]]], [[[1], [2]]]);
}

#[test]
fn the_default_is_zeros() {
    assert_eq!(Tensor::<f32, shape![2, 2]>::default(), [[0.0; 2]; 2]);
    assert_eq!(Array::<bool, shape![Batch]>::default(), [false; 2]);
    assert_eq!(Tensor::<i32, ()>::default().item(), 0);

    #[derive(Default)]
    struct Layer {
        weights: Tensor<f32, shape![3, 2]>,
        bias: Array<f32, shape![2]>,
    }
    let layer = Layer::default();
    assert_eq!((layer.weights.sum(), layer.bias), (0.0, array![0.0, 0.0]));
}

#[test]
fn bytes_are_those_of_the_elements_in_order() {
    assert_eq!(tensor![[1u8, 2], [3, 4]].as_bytes(), [1, 2, 3, 4]);
    assert_eq!(array![true, false].as_bytes(), [1, 0]);
    let floats = tensor![1.5f64, -2.0];
    assert_eq!(floats.as_bytes(), [1.5f64.to_ne_bytes(), (-2.0f64).to_ne_bytes()].concat());
    assert_eq!(TensorView::<f64, shape![2]>::from_bytes(floats.as_bytes()).unwrap(), floats);
    assert!(Tensor::<f32, shape![0, 3]>::zeros().as_bytes().is_empty());
}

#[test]
fn views_of_slices_and_of_nested_arrays() {
    let mut samples = [[1.0f32, 2.0], [3.0, 4.0]];
    let mut x: TensorViewMut<f32, shape![2, 2]> = (&mut samples).into();
    x *= 10.0;
    let y: TensorView<f32, shape![?, 2]> = samples.as_flattened().try_into().unwrap();
    assert_eq!(y, [[10.0, 20.0], [30.0, 40.0]]);
    let error = TensorView::<f32, shape![?, 3]>::try_from(samples.as_flattened()).unwrap_err();
    assert!(error.to_string().ends_with("shape (?, 3) holds a multiple of 3, found 4"), "{error}");
    let error = TensorViewMut::<f32, shape![5]>::try_from(samples.as_flattened_mut()).unwrap_err();
    assert!(error.to_string().ends_with("shape (5,) holds 5 elements, found 4"), "{error}");
    let z: Array<f32, shape![4]> = samples.as_flattened().try_into().unwrap();
    assert_eq!(z, [10.0, 20.0, 30.0, 40.0]);
}

#[test]
fn vectors_of_tensors_and_back() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let rows: Vec<Vec<i32>> = x.t().view().into();
    assert_eq!(rows, [[1, 4], [2, 5], [3, 6]]);
    assert_eq!(Vec::<i32>::from(x.clone()), [1, 2, 3, 4, 5, 6]);
    assert_eq!(x.row(1), vec![4, 5, 6]);
    assert_eq!(x.row(1), &[4, 5, 6][..]);
    assert_ne!(x.row(1), vec![4, 5]);
    let picked: Tensor<i32, shape![?, 3]> = [1, 0, 1].into_iter().map(|i| x.row(i)).collect();
    assert_eq!(picked, [[4, 5, 6], [1, 2, 3], [4, 5, 6]]);
    let none: Tensor<i32, shape![?, 3]> = x.rows().filter(|row| row.sum() > 100).collect();
    assert_eq!(none.shape().lengths(), [0, 3]);
    let x: Tensor<i32, shape![2, 3]> = vec![[1, 2, 3], [4, 5, 6]].try_into().unwrap();
    assert_eq!(x, [[1, 2, 3], [4, 5, 6]]);
    assert_eq!(tensor![[[[1, 2]]]], [[[[1, 2]]]]);
}

#[test]
fn iterators_of_as_many_elements() {
    let x = Tensor::<i32, shape![2, ?]>::try_from_iter(0..6).unwrap();
    assert_eq!(x, [[0, 1, 2], [3, 4, 5]]);
    let few = Array::<i32, shape![2, 2]>::try_from_iter(0..3).unwrap_err();
    let many = Array::<i32, shape![2, 2]>::try_from_iter(0..7).unwrap_err();
    assert!(
        few.to_string().ends_with("found 3") && many.to_string().ends_with("found 7"),
        "{few} {many}"
    );
    // An iterator that restarts after its end is not called again.
    let mut turn = 0;
    let again = std::iter::from_fn(|| {
        turn += 1;
        (turn % 4 != 0).then_some(turn)
    });
    assert!(Array::<i32, shape![5]>::try_from_iter(again).is_err());
}

/// The index is inferred if the destination determines the shape.
#[test]
fn from_fn_in_a_struct_and_in_a_return() {
    struct Layer {
        weights: Tensor<usize, shape![2, 3]>,
        bias: Array<usize, shape![3]>,
    }
    fn grid() -> Tensor<usize, shape![2, 1, 2]> {
        Tensor::from_fn(|[i, _, k]| 2 * i + k)
    }
    let layer = Layer { weights: Tensor::from_fn(|[i, j]| i * j), bias: Array::from_fn(|[i]| i) };
    assert_eq!(layer.weights, [[0, 0, 0], [0, 1, 2]]);
    assert_eq!((layer.bias, grid()), (array![0, 1, 2], tensor![[[0, 1]], [[2, 3]]]));
}

/// Rust's arrays are operands, by value and by reference, as vectors of their length.
#[test]
fn arrays_are_operands() {
    let mut x = tensor![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let weights = [1.0, 10.0, 100.0];
    assert_eq!((&x * weights).to_tensor(), [[1.0, 20.0, 300.0], [4.0, 50.0, 600.0]]);
    assert_eq!(x.maximum([3.0, 3.0, 3.0]).to_tensor(), [[3.0, 3.0, 3.0], [4.0, 5.0, 6.0]]);
    x -= [1.0, 2.0, 3.0];
    let borrowed: &[f32; 3] = &weights;
    x.row_mut(1).assign(borrowed);
    assert_eq!(x, [[0.0, 0.0, 0.0], [1.0, 10.0, 100.0]]);
    assert_eq!((&tensor![true, false] & [true, true]).to_tensor(), [true, false]);
}

#[test]
fn slices_of_views_without_gaps() {
    let mut x = tensor![[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]];
    assert_eq!(x.view().to_slice(), Some(x.as_slice()));
    assert_eq!(x.row(1).row(2).to_slice(), Some(&[11, 12][..]));
    assert_eq!(x.slice_range(Axis::<0>, 1..).to_slice().map(<[i32]>::len), Some(6));
    assert_eq!(x.slice_range(Axis::<1>, 1..).to_slice(), None);
    assert_eq!(x.index_axis(Axis::<2>, 0).to_slice(), None);
    assert_eq!(x.flip(Axis::<0>).view().to_slice(), None);
    assert_eq!(x.slice_range(Axis::<1>, 3..).to_slice(), Some(&[][..]));
    assert_eq!(x.expand_dims(Axis::<1>).view().to_slice().map(<[i32]>::len), Some(12));
    assert_eq!(tensor![5].broadcast_to(shape![1]).view().to_slice(), Some(&[5][..]));
    let stretched = tensor![[5]];
    assert_eq!(stretched.broadcast_to(shape![3, 1]).view().to_slice(), None);
    x.row_mut(0).into_slice().unwrap().reverse();
    assert_eq!(x.row(0), [[6, 5], [4, 3], [2, 1]]);
    assert!(x.index_axis_mut(Axis::<2>, 0).into_slice().is_none());
}

/// However many elements an iterator yields, or claims to yield, no more are stored than the shape
/// has.
#[test]
fn iterators_that_do_not_keep_their_word() {
    struct Lying(u8);
    impl Iterator for Lying {
        type Item = u8;
        fn next(&mut self) -> Option<u8> {
            self.0 = self.0.checked_sub(1)?;
            Some(self.0)
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (usize::MAX, None)
        }
    }
    assert_eq!(Tensor::<u8, shape![3]>::try_from_iter(Lying(3)).unwrap(), [2, 1, 0]);
    let error = Tensor::<u8, shape![3]>::try_from_iter(Lying(200)).unwrap_err();
    assert!(error.to_string().ends_with("holds 3 elements, found 200"), "{error}");
}
