//! `ndarray`: views in both directions have the same elements at the same addresses, whatever their
//! memory order, and mismatches are reported.

use ndarray::{
    ArcArray, Array, Array1, Array2, Array3, ArrayBase, ArrayD, ArrayRef2, ArrayView, ArrayView2,
    ArrayViewD, ArrayViewMut, ArrayViewMut2, Axis as NdAxis, CowArray, Data, Dimension, Ix3, IxDyn,
    ShapeBuilder, Slice, arr0, array, s,
};
use shapewright::{
    Array as Inline, Dim, Dyn, Element, Extent, Length, One, Shape, ShapeError, Storage, Tensor,
    TensorView, TensorViewMut, array as inline, dim, prelude::*, shape, tensor,
};
use shapewright_tests::random::Scatter;

dim!(Rows, Columns, Batch = 2);

/// Checks that a tensor and an array have the same elements at the same addresses.
#[track_caller]
fn same_places<T: Element, S: Shape, B: Storage, R: Data<Elem = T>, D: Dimension>(
    tensor: &Tensor<T, S, B>,
    array: &ArrayBase<R, D>,
) {
    assert_eq!(tensor.shape().lengths().as_ref(), array.shape());
    let array = array.view().into_dyn();
    let mut found = 0;
    for (index, element) in array.indexed_iter() {
        let mut at = S::FIRST;
        at.as_mut().copy_from_slice(index.as_array_view().as_slice().expect("an index"));
        assert!(core::ptr::eq(&tensor[at], element), "{index:?} is elsewhere");
        found += 1;
    }
    assert_eq!(found, tensor.len());
}

/// `0, 1, ..` in this shape, in memory order.
fn counted<D: Dimension>(shape: impl ShapeBuilder<Dim = D>) -> Array<i32, D> {
    let shape = shape.into_shape_with_order();
    let count: usize = shape.raw_dim().size();
    Array::from_shape_vec(shape, (0..count as i32).collect()).expect("as many as the shape has")
}

#[test]
fn a_view_is_in_place_in_every_order_of_memory() -> Result<(), ShapeError> {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        // Lengths 2, 3, 4 in any order.
        let mut lengths = [0; 3];
        (0..3).for_each(|k| lengths[order[k]] = [2, 3, 4][order[k]]);
        let memory = order.map(|axis| [2, 3, 4][axis]);
        let mut back = [0; 3];
        (0..3).for_each(|k| back[order[k]] = k);
        let x = counted((memory[0], memory[1], memory[2])).permuted_axes(back);
        assert_eq!(x.shape(), lengths);
        for turned in 0..8 {
            let mut x = x.view();
            (0..3)
                .filter(|axis| turned >> axis & 1 == 1)
                .for_each(|axis| x.invert_axis(NdAxis(axis)));
            let view: TensorView<i32, shape![Batch, 3, ?]> = x.try_into()?;
            same_places(&view, &x);
            assert_eq!(view.sum(), 276);
            let strides: Vec<isize> = ArrayView::from(view).strides().to_vec();
            assert_eq!(strides, x.strides(), "there and back");
        }
    }
    Ok(())
}

#[test]
fn what_an_array_may_be_borrowed_from() -> Result<(), ShapeError> {
    type View<'a> = TensorView<'a, i32, shape![2, ?Columns]>;
    let owned = counted((2, 3));
    same_places(&View::try_from(&owned)?, &owned);
    same_places(&View::try_from(owned.view())?, &owned);
    let shared: ArcArray<i32, _> = owned.clone().into_shared();
    same_places(&View::try_from(&shared)?, &shared);
    let cow = CowArray::from(&owned);
    same_places(&View::try_from(&cow)?, &owned);
    let reference: &ArrayRef2<i32> = &owned;
    same_places(&View::try_from(reference)?, &owned);
    let inner: View = (&owned).try_into()?;
    assert_eq!(inner.shape(), shape![2, Columns.of(3)]);
    Ok(())
}

#[test]
fn each_rank_by_its_dimension_and_by_any() -> Result<(), ShapeError> {
    let x = arr0(7);
    let view: TensorView<i32, shape![]> = (&x).try_into()?;
    assert_eq!(view.item(), 7);
    assert_eq!(ArrayView::from(&view).into_scalar(), &7);

    macro_rules! ranks {
        ($($lengths:expr, $shape:ty;)*) => {$(
            let x = counted($lengths);
            let view: TensorView<i32, $shape> = (&x).try_into()?;
            same_places(&view, &x);
            let back = ArrayView::from(view);
            same_places(&view, &back);
            let back: ArrayView<i32, _> = (&view).into();
            assert_eq!(back, x);
            let any = x.view().into_dyn();
            same_places(&TensorView::<i32, $shape>::try_from(any.view())?, &x);
            assert_eq!(Array::from(view), x);
        )*};
    }
    ranks! {
        [3], shape![3];
        [2, 3], shape![2, 3];
        [2, 3, 2], shape![2, 3, 2];
        [2, 3, 2, 1], shape![2, 3, 2, 1];
        [2, 1, 2, 1, 3], shape![2, ?, 2, 1, 3];
        [2, 1, 2, 1, 3, 2], shape![2, ?, 2, 1, 3, 2];
        &[2, 1, 2, 1, 3, 2, 1][..], shape![2, ?, 2, 1, 3, 2, 1];
        &[2, 1, 2, 1, 3, 2, 1, 2][..], shape![2, ?, 2, 1, 3, 2, 1, 2];
    }
    Ok(())
}

#[test]
fn writes_are_seen_on_the_other_side() -> Result<(), ShapeError> {
    let mut x = counted((3, 4));
    {
        let mut view: TensorViewMut<i32, shape![?Rows, 2]> =
            x.slice_mut(s![..;-1, 1..;2]).try_into()?;
        view += inline![100, 200];
        view.row_mut(0).assign(-1);
    }
    assert_eq!(x, array![[0, 101, 2, 203], [4, 105, 6, 207], [8, -1, 10, -1]]);
    TensorViewMut::<i32, shape![3, 4]>::try_from(&mut x)?.assign(5);
    assert!(x.iter().all(|&x| x == 5));
    let reference: &mut ArrayRef2<i32> = &mut x;
    TensorViewMut::<i32, shape![3, 4]>::try_from(reference)?.assign(6);
    assert!(x.iter().all(|&x| x == 6));

    // Shared memory becomes the array's own before it is written to.
    let (mut one, other) = (x.to_shared(), x.to_shared());
    TensorViewMut::<i32, shape![3, 4]>::try_from(&mut one)?.assign(7);
    assert_eq!((one[[0, 0]], other[[0, 0]]), (7, 6));

    let mut y = tensor![[1, 2, 3], [4, 5, 6]];
    ArrayViewMut2::from(&mut y).row_mut(1).fill(0);
    let place = y.as_slice().as_ptr();
    let mut columns = ArrayViewMut::from(y.index_axis_mut(Axis::<1>, 2));
    assert_eq!((columns.as_ptr(), columns.strides()), (place.wrapping_add(2), &[3][..]));
    columns += 10;
    assert_eq!(y, tensor![[1, 2, 13], [0, 0, 10]]);
    let mut z = inline![1.0, 2.0];
    ArrayViewMut::from(z.view_mut()).mapv_inplace(|x| x * x);
    assert_eq!(z, inline![1.0, 4.0]);
    Ok(())
}

#[test]
fn backwards_and_mutable() -> Result<(), ShapeError> {
    let mut x = counted((2, 3));
    x.invert_axis(NdAxis(0));
    x.invert_axis(NdAxis(1));
    let mut view: TensorViewMut<i32, shape![2, 3]> = (&mut x).try_into()?;
    view[[0, 0]] = 50;
    let mut back = ArrayViewMut::from(view);
    assert_eq!(back.strides(), [-3, -1]);
    back[[1, 2]] = 60;
    assert_eq!(x, array![[50, 4, 3], [2, 1, 60]]);
    Ok(())
}

#[test]
fn broadcast_axes_have_no_stride() -> Result<(), ShapeError> {
    let row = array![1, 2, 3];
    let many = row.broadcast((4, 3)).expect("a row stretches");
    let view: TensorView<i32, shape![?Rows, 3]> = many.try_into()?;
    same_places(&view, &many);
    assert_eq!(view.sum(), 24);
    let back = ArrayView::from(view);
    assert_eq!(back.strides(), [0, 1]);
    same_places(&view, &back);

    let x = tensor![[1.0], [2.0]];
    let wide = x.rename::<shape![2, 1]>();
    let wide = wide.broadcast_to(shape![2, 5]);
    let wide: ArrayView2<f64> = wide.view().into();
    assert_eq!((wide.strides(), wide.sum()), (&[1, 0][..], 15.0));
    Ok(())
}

/// Whatever stride `ndarray` has along a length of 1, `One` stretches.
#[test]
fn one_stretches() -> Result<(), ShapeError> {
    let x = counted((3, 4));
    // Along an axis of length 1 `ndarray` may have any stride. With the stride 7 the axis would not
    // stretch.
    let column =
        ArrayView2::from_shape((3, 1).strides((4, 7)), &x.as_slice().expect("row-major")[2..])
            .expect("three elements");
    let view: TensorView<i32, shape![3, 1]> = column.try_into()?;
    same_places(&view, &column);
    let doubled = (view * tensor![[1, 2], [1, 2], [1, 2]]).to_tensor();
    assert_eq!(doubled, tensor![[2, 4], [6, 12], [10, 20]]);
    let back = ArrayView::from(view);
    assert_eq!((back.shape(), back.strides()), (&[3, 1][..], &[4, 0][..]));
    Ok(())
}

#[test]
fn empty_axes() -> Result<(), ShapeError> {
    let mut x = Array3::<f32>::zeros((2, 0, 3));
    assert_eq!(TensorView::<f32, shape![2, ?, 3]>::try_from(&x)?.shape().lengths(), [2, 0, 3]);
    TensorViewMut::<f32, shape![2, 0, 3]>::try_from(&mut x)?.assign(1.0);
    assert_eq!(Tensor::<f32, shape![?, ?, ?]>::try_from(&x)?.sum(), 0.0);

    let none = Tensor::<f32, shape![2, 0, 3]>::zeros();
    assert_eq!(ArrayView::from(&none).shape(), [2, 0, 3]);
    assert_eq!(Array::from(&none), x);
    // The strides of an array without elements reach nothing, so they are not passed on.
    let strange = TensorView::<f32, shape![0, 2]>::with_strides(&[], 0, [isize::MIN, isize::MAX])?;
    assert_eq!(ArrayView::from(strange).strides(), Array2::<f32>::zeros((0, 2)).strides());
    let mut x = Array2::<f32>::zeros((3, 0));
    assert_eq!(
        ArrayViewMut::from(TensorViewMut::<f32, shape![3, ?]>::try_from(&mut x)?).shape(),
        [3, 0]
    );
    let one = TensorView::<i32, shape![{ 1 }]>::with_strides(&[5], 0, [isize::MIN])?;
    assert_eq!(ArrayView::from(one), array![5]);
    let none = Tensor::<f32, _>::zeros_of(shape![Rows.of(0), Columns.of(usize::MAX / 8)]);
    assert_eq!(ArrayView::from(&none).shape(), [0, usize::MAX / 8]);
    Ok(())
}

#[test]
fn what_does_not_fit_is_told() {
    let x = counted((2, 3));
    let error = TensorView::<i32, shape![2, 4]>::try_from(&x).unwrap_err();
    assert_eq!(
        error.to_string(),
        "shape mismatch: expected (2, 4), found (2, 3): axis -1 must be 4, not 3\n  expected  2  4\n  found     2  3\n               ^"
    );
    assert_eq!(
        (error.axis(), error.found().map(|found| found.to_vec())),
        (Some(-1), Some(vec![2, 3]))
    );
    let error = TensorView::<i32, shape![Batch, ?Rows]>::try_from(x.t()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "shape mismatch: expected (2, ?Rows), found (3, 2): axis -2 must be 2, not 3\n  expected  2  ?\n  found     3  2\n            ^"
    );
    let error = Tensor::<i32, shape![?, 3]>::try_from(x.clone().into_dyn().insert_axis(NdAxis(0)))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "shape mismatch: expected (?, 3), found (1, 2, 3): rank must be 2, not 3\n  expected     ?  3\n  found     1  2  3\n            ^"
    );
    let error = TensorView::<i32, shape![1, 3]>::try_from(&x).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("shape mismatch: expected (1, 3), found (2, 3): axis -2 must be 1, not 2")
    );
    let nine = ArrayD::<i32>::zeros(vec![1; 9]);
    let error = TensorView::<i32, shape![?, ?]>::try_from(&nine).unwrap_err();
    assert!(error.to_string().starts_with(
        "shape mismatch: expected (?, ?), found (…, 1, 1, 1, 1, 1, 1, 1, 1): rank must be 2, not 9"
    ));
    let mut x = x;
    let error = TensorViewMut::<i32, shape![3, 2]>::try_from(&mut x).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("shape mismatch: expected (3, 2), found (2, 3): axis -1 must be 2, not 3")
    );
}

/// `ndarray` has no mutable view that contains an element twice, but along a length of 1 it allows
/// any stride.
#[test]
fn a_mutable_view_along_a_length_of_1() -> Result<(), ShapeError> {
    let mut memory = [1, 2, 3, 4];
    let view =
        ArrayViewMut::from_shape((1, 2).strides((0, 2)), &mut memory).expect("three elements");
    let mut view = TensorViewMut::<i32, shape![?, 2]>::try_from(view)?;
    view += 1;
    assert_eq!(memory, [2, 2, 4, 4]);
    Ok(())
}

#[test]
fn owned_arrays_are_copies() -> Result<(), ShapeError> {
    let columns = counted((2, 3).f());
    assert_eq!(columns, array![[0, 2, 4], [1, 3, 5]]);
    let x: Tensor<i32, shape![2, ?]> = (&columns).try_into()?;
    assert_eq!(x.as_slice(), [0, 2, 4, 1, 3, 5]);
    assert_eq!(x.as_slice().as_ptr().align_offset(64), 0);
    assert_eq!(Tensor::<i32, shape![2, ?]>::try_from(columns.t().reversed_axes())?, x);
    assert_eq!(Tensor::<i32, shape![2, ?]>::try_from(columns.clone())?, x);

    let back: Array2<i32> = x.clone().into();
    assert_eq!((back.view(), back.strides()), (columns.view(), &[3, 1][..]));
    assert_eq!(Array::from(&x), columns);
    assert_eq!(Array::from(x.t().view()), columns.t());
    let turned = ArrayView::from(x.t());
    same_places(&x.t().view(), &turned);
    same_places(&x.flip(Axis::<0>).view(), &ArrayView::from(x.flip(Axis::<0>)));
    let flags: Array1<bool> = inline![true, false].into();
    assert_eq!(flags, array![true, false]);
    Ok(())
}

/// In code that is generic over lengths, no bound is needed.
#[test]
fn generic_code() {
    fn total<N: Length, C: Length>(x: &Tensor<f64, (N, C)>) -> f64 {
        ArrayView::from(x).sum()
    }
    fn first<C: Extent>(x: &mut Tensor<f64, (C, Dim<2>)>) {
        ArrayViewMut::from(x).row_mut(0).fill(0.0);
    }
    let mut x = tensor![[1.0, 2.0], [3.0, 4.0]];
    assert_eq!(total(&x), 10.0);
    first(&mut x);
    assert_eq!(x, tensor![[0.0, 0.0], [3.0, 4.0]]);
    let stretching: (One, Dim<2>) = shape![1, 2];
    let one: Array2<f64> = Tensor::<f64, _>::ones_of(stretching).into();
    assert_eq!(one, array![[1.0, 1.0]]);
    let inline: Inline<f32, shape![2]> = inline![1.0, 2.0];
    assert_eq!(ArrayView::from(&inline).sum(), 3.0);
}

/// Random slices of arrays in random memory orders, converted there and back.
#[test]
fn random_arrays() -> Result<(), ShapeError> {
    let mut random = Scatter::new(17);
    let mut seen = 0;
    for _ in 0..2000 {
        let lengths = [0; 3].map(|_| if random.below(20) == 0 { 0 } else { 3 + random.below(5) });
        let mut x = counted((lengths[0], lengths[1], lengths[2]));
        x.swap_axes(random.below(3), random.below(3));
        x.swap_axes(random.below(3), random.below(3));
        let mut view = x.view_mut();
        for axis in 0..3 {
            let len = view.len_of(NdAxis(axis));
            let start = random.below(len / 2 + 1);
            let end = start + random.below(len - start + 1);
            let step = [1, 1, 2, 3, -1, -2][random.below(6)];
            view.slice_axis_inplace(
                NdAxis(axis),
                Slice::new(start as isize, Some(end as isize), step),
            );
        }
        let elements: Vec<i32> = view.iter().copied().collect();
        let shared: TensorView<i32, shape![?, ?, ?]> = view.view().try_into()?;
        same_places(&shared, &view);
        assert_eq!(shared.to_vec(), elements);
        let back: ArrayView<i32, Ix3> = shared.into();
        assert_eq!(back, view.view());
        same_places(&shared, &back);
        assert_eq!(Array::from(shared), view.view());
        assert_eq!(Tensor::<i32, shape![?, ?, ?]>::try_from(view.view())?, shared);

        let mut exclusive: TensorViewMut<i32, shape![?, ?, ?]> = view.try_into()?;
        exclusive += 1000;
        let mut back = ArrayViewMut::from(exclusive);
        assert_eq!(
            back.iter().copied().collect::<Vec<_>>(),
            elements.iter().map(|x| x + 1000).collect::<Vec<_>>()
        );
        back -= 1000;
        assert!(x.iter().all(|&x| x < 1000), "each element is changed once");
        seen += elements.len();
    }
    assert!(seen > 5000, "{seen}");
    Ok(())
}

/// Random views with strides of any sign, and 0.
#[test]
fn random_tensors() -> Result<(), ShapeError> {
    let mut random = Scatter::new(18);
    let memory: Vec<i32> = (0..500).collect();
    let mut backwards = 0;
    for _ in 0..2000 {
        let shape = shape![
            Dyn::of(random.below(5)),
            Dyn::of(1 + random.below(4)),
            Dyn::of(1 + random.below(4))
        ];
        let strides = [0; 3].map(|_| random.below(21) as isize - 10);
        let Ok(view) = TensorView::from_shape_strides(shape, &memory, 250, strides) else {
            panic!("the memory is large enough")
        };
        let array = ArrayView::from(view);
        same_places(&view, &array);
        assert_eq!(array.iter().copied().collect::<Vec<_>>(), view.to_vec());
        let back: TensorView<i32, shape![?, ?, ?]> = array.try_into()?;
        same_places(&back, &array);
        let any: ArrayViewD<i32> = array.into_dyn();
        assert_eq!(TensorView::<i32, shape![?, ?, ?]>::try_from(any)?, view);
        backwards += usize::from(!view.is_empty() && strides.iter().any(|&stride| stride < 0));
    }
    assert!(backwards > 500, "{backwards}");
    assert_eq!(ArrayD::from_elem(IxDyn(&[]), 1).ndim(), 0);
    Ok(())
}
