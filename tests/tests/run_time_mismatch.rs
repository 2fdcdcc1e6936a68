//! Run-time lengths that differ: each operation that takes two shapes refuses them, at the line of
//! the caller, with a message that says which. UNSAFE.md lists these operations; layers are in
//! `run_time_mismatch_of_layers.rs`.

use shapewright::nn::BatchNorm;
use shapewright::{Dim, Dyn, Shape, Span, Tensor, agree, dim, prelude::*, shape, stack};
use shapewright_tests::refused::refused;

dim!(Batch, Other, Channels, Pair = 2);

fn rows(n: usize) -> Tensor<f32, shape![?Batch, 3]> {
    Tensor::from_fn_of(shape![Batch.of(n), 3], |[i, j]| (3 * i + j) as f32)
}
fn vector(n: usize) -> Tensor<f32, shape![?Batch]> {
    Tensor::from_fn_of(shape![Batch.of(n)], |[i]| i as f32)
}
fn columns(n: usize, m: usize) -> Tensor<f32, shape![?Batch, ?Other]> {
    Tensor::ones_of(shape![Batch.of(n), Other.of(m)])
}

#[test]
fn operators() {
    let (a, b) = (rows(32), rows(31));
    let text = "Batch is 32 on the left, 31 on the right: `(32, 3)` with `(31, 3)`";
    assert_eq!(refused(|| &a + &b), text);
    assert_eq!(refused(|| a.clone() - b.clone()), text);
    assert_eq!(refused(|| (&a * 2.0) / &b), text);
    let doubled = &a * 2.0;
    assert_eq!(refused(|| doubled * &b), text);
    assert_eq!(refused(|| a.stretch() * &b), text);
    assert_eq!(refused(|| a.minimum(&b)), text);
    assert_eq!(refused(|| a.maximum(&b)), text);
    assert_eq!(refused(|| a.pow(&b)), text);
    assert_eq!(refused(|| a.less(&b)), text);
    assert_eq!(refused(|| a.equal(&b)), text);
    assert_eq!(refused(|| a.zip_with(&b, |a, b| a + b)), text);
    let column = vector(31);
    let text = "Batch is 32 on the left, 31 on the right: `(32, 3)` with `(31, 1)`";
    assert_eq!(refused(|| &a + column.expand_dims(Axis::<1>)), text);
    assert_eq!(
        refused(|| columns(2, 3) + columns(2, 4)),
        "Other is 3 on the left, 4 on the right: `(2, 3)` with `(2, 4)`"
    );
    let nameless = |n| Tensor::<f32, _>::zeros_of(shape![Dyn::of(n), 3]);
    assert_eq!(
        refused(|| nameless(2) + nameless(3)),
        "axis -2 is 2 on the left, 3 on the right: `(2, 3)` with `(3, 3)`"
    );
}

#[test]
fn three_operands() {
    let (a, b) = (rows(32), rows(31));
    let (mask, other) = (a.greater(0.0).to_tensor(), b.greater(0.0).to_tensor());
    let text = "Batch is 32 on the left, 31 on the right: `(32, 3)` with `(31, 3)`";
    assert_eq!(refused(|| mask.where_(&b, 0.0)), text);
    assert_eq!(refused(|| mask.where_(0.0, &b)), text);
    assert_eq!(refused(|| mask.where_(&a, &b)), text);
    let row = shapewright::tensor![true, false, true];
    assert_eq!(refused(|| row.where_(&a, &b)), text);
    assert_eq!(refused(|| a.clip(&b, 1.0)), text);
    assert_eq!(refused(|| a.clip(0.0, &b)), text);
    assert_eq!(
        refused(|| other.where_(&a, &b)),
        "Batch is 31 on the left, 32 on the right: `(31, 3)` with `(32, 3)`"
    );
}

#[test]
fn receivers() {
    let (mut a, b) = (rows(4), rows(40));
    let text = "cannot broadcast `(40, 3)` to `(4, 3)`: Batch is 40, not 4";
    assert_eq!(refused(|| a.assign(&b)), text);
    assert_eq!(refused(|| a.assign(&b * 2.0)), text);
    assert_eq!(refused(|| a += &b), text);
    assert_eq!(refused(|| a -= &b * 2.0), text);
    assert_eq!(refused(|| a.view_mut().assign(&b)), text);
    assert_eq!(refused(|| b.broadcast_to(shape![Batch.of(4), 3])), text);
    assert_eq!(
        refused(|| vector(40).broadcast_to(shape![5, Batch.of(4)]).to_tensor()),
        "cannot broadcast `(40,)` to `(5, 4)`: Batch is 40, not 4"
    );
    assert_eq!(a, rows(4));
}

#[test]
fn products() {
    let a = columns(2, 5);
    let wrong: Tensor<f32, shape![?Other, 4]> = Tensor::ones_of(shape![Other.of(6), 4]);
    let text = "cannot multiply `(2, 5)` by `(6, 4)`: the inner axis Other is 5 on the left, 6 on the right";
    assert_eq!(refused(|| a.matmul(&wrong)), text);
    assert_eq!(
        refused(|| vector(3).matmul(&vector(4)).to_tensor()),
        "cannot multiply `(3,)` by `(4,)`: the inner axis Batch is 3 on the left, 4 on the right"
    );
    let batches = |n| Tensor::<f32, _>::ones_of(shape![Batch.of(n), 2, 2]);
    assert_eq!(
        refused(|| batches(3).matmul(&batches(4)).to_tensor()),
        "Batch is 3 on the left, 4 on the right: `(3, 2, 2)` with `(4, 2, 2)`"
    );
}

#[test]
fn put_together() {
    let (a, b) = (columns(2, 5), columns(3, 6));
    let text = "cannot concatenate `(2, 5)` and `(3, 6)`: Other is 5 in the first, 6 in the second";
    assert_eq!(refused(|| a.concat(&b, Batch)), text);
    assert_eq!(
        refused(|| rows(2).concat_to(&rows(3), Batch, Dim::<6>).to_tensor()),
        "cannot concatenate lengths 2 and 3 to 6"
    );
    assert_eq!(rows(2).concat(&rows(3), Batch).shape().lengths(), [5, 3]);
}

#[test]
fn other_shapes_of_the_same_elements() {
    let a = rows(4);
    assert_eq!(
        refused(|| a.reshape(shape![Other.of(5), 3])),
        "cannot reshape `(4, 3)` to `(5, 3)`: 12 elements are not 15"
    );
    assert_eq!(
        refused(|| a.reshape_to(shape![3, 3])),
        "cannot reshape `(4, 3)` to `(3, 3)`: 12 elements are not 9"
    );
    assert_eq!(
        refused(|| a.flatten_to(Dim::<13>)),
        "cannot reshape `(4, 3)` to `(13,)`: 12 elements are not 13"
    );
    assert_eq!(a.flatten().shape().lengths(), [12]);
    assert_eq!(
        refused(|| a.slice(Batch, Span::<3, 2>)),
        "cannot slice Batch of length 4 of shape `(4, 3)`: 2 indices from 3 in steps of 1 reach past its end"
    );
    assert_eq!(
        refused(|| a.slice(Batch, Span::<-5, 1>)),
        "cannot slice Batch of length 4 of shape `(4, 3)`: 1 indices from -5 in steps of 1 reach past its start"
    );
    assert_eq!(
        a.slice(Batch, Span::<-1, 2, -1>).to_tensor().as_slice(),
        [9.0, 10.0, 11.0, 6.0, 7.0, 8.0]
    );
}

#[test]
fn stacked() {
    let (a, b) = (columns(2, 5), columns(2, 6));
    let text = "cannot stack `(2, 5)` and `(2, 6)`: Other is 5 in the first, 6 in the second";
    assert_eq!(refused(|| a.stack(&b, Axis::<0>)), text);
    assert_eq!(refused(|| (&a * 2.0).stack(&b, Axis::<2>)), text);
    assert_eq!(refused(|| stack([&a, &a, &b], Axis::<1>)), text);
    assert_eq!(
        refused(|| stack([a.t(), columns(3, 5).t()], Axis::<1>).to_tensor()),
        "cannot stack `(5, 2)` and `(5, 3)`: Batch is 2 in the first, 3 in the second"
    );
    let numbers = Tensor::<f32, _>::ones_of(shape![Batch.of(2), 5]);
    let fewer = Tensor::<f32, _>::ones_of(shape![Batch.of(1), 5]);
    assert_eq!(
        refused(|| numbers.stack(&fewer, Axis::<0>)),
        "cannot stack `(2, 5)` and `(1, 5)`: Batch is 2 in the first, 1 in the second"
    );
    assert_eq!(a.stack(&a, Axis::<1>).shape().lengths(), [2, 2, 5]);
}

#[test]
fn taken() {
    let a = rows(4);
    let text = "index 4 is out of range for Batch of length 4 of shape (4, 3)";
    assert_eq!(refused(|| a.take(Batch, [0, 4])), text);
    assert_eq!(
        refused(|| (&a * 2.0).take(Axis::<0>, &shapewright::tensor![[1u8, 4]]).to_tensor()),
        text
    );
    assert_eq!(a.try_take(Batch, 4).unwrap_err().to_string(), text);
    assert_eq!(
        refused(|| a.take(Axis::<1>, &[-4i64, 5][..])),
        "index -4 is out of range for axis -1 of length 3 of shape (4, 3)"
    );
    assert_eq!(
        refused(|| rows(0).take(Batch, 0u64).to_tensor()),
        "index 0 is out of range for Batch of length 0 of shape (0, 3)"
    );
    let error = a.try_take(Axis::<1>, [3]).unwrap_err();
    assert_eq!((error.axis(), error.found().unwrap().to_string()), (Some(-1), "(4, 3)".into()));
    assert_eq!(error.expected(), None);
    assert_eq!(a.take(Batch, &[1usize, 1][..]).shape().lengths(), [2, 3]);
    assert_eq!(rows(0).take(Batch, &Vec::<usize>::new()).shape().lengths(), [0, 3]);
}

#[test]
fn padded() {
    let a = rows(4);
    let text = "Batch of length 4 of shape `(4, 3)` padded by 1 and 2 is not 6";
    assert_eq!(refused(|| a.pad_to(Batch, Pad::<1, 2>, 0.0, Dim::<6>)), text);
    assert_eq!(refused(|| (&a * 2.0).pad_to(Axis::<0>, Pad::<1, 2>, 0.0, Other.of(6))), text);
    assert_eq!(
        refused(|| a.pad_to(Axis::<1>, Pad::<1, 2>, 0.0, Dyn::of(2))),
        "axis -1 of length 3 of shape `(4, 3)` padded by 1 and 2 is not 2"
    );
    assert_eq!(a.pad(Batch, Pad::<1, 2>, 0.0).shape().lengths(), [7, 3]);
}

#[test]
fn classes() {
    let labels: Tensor<i32, shape![?Batch]> = vec![2, 0, 4].into();
    let text = "index 4 is out of range for axis -1 of length 4 of shape (3, 4)";
    assert_eq!(refused(|| labels.one_hot::<f32, _>(Dim::<4>)), text);
    assert_eq!(labels.try_one_hot::<f32, _>(Dim::<4>).unwrap_err().to_string(), text);
    assert_eq!(
        refused(|| labels.one_hot::<u8, _>(Other.of(3))),
        "index 4 is out of range for Other of length 3 of shape (3, 3)"
    );
    assert_eq!(
        refused(|| shapewright::tensor![0i8, -1].one_hot::<f32, _>(Pair).to_tensor()),
        "index -1 is out of range for Pair of length 2 of shape (2, 2)"
    );
    assert_eq!(labels.one_hot::<f32, _>(Dim::<5>).shape().lengths(), [3, 5]);
}

#[test]
fn windows() {
    let a = rows(4);
    assert_eq!(
        refused(|| a.windows(Batch, Window::<5>)),
        "a window of 5 is longer than Batch of length 4 of shape `(4, 3)`"
    );
    assert_eq!(
        refused(|| a.windows(Batch, Window::<3, 1, 2>)),
        "a window of 5 is longer than Batch of length 4 of shape `(4, 3)`"
    );
    assert_eq!(
        refused(|| (&a * 2.0).windows_to(Batch, Window::<2>, Dim::<4>)),
        "there are 3 windows of 2, not 4, over Batch of length 4 of shape `(4, 3)`"
    );
    let nameless: Tensor<f32, shape![?, 3]> = a.clone().rename();
    assert_eq!(
        refused(|| nameless.windows_to(Axis::<0>, Window::<2, 2>, Other.of(1))),
        "there are 2 windows of 2, not 1, over axis -2 of length 4 of shape `(4, 3)`"
    );
    assert_eq!(
        refused(|| a.windows_to(Axis::<1>, Window::<2>, Dyn::of(3))),
        "there are 2 windows of 2, not 3, over axis -1 of length 3 of shape `(4, 3)`"
    );
    assert_eq!(a.windows(Batch, Window::<4>).shape().lengths(), [1, 3, 4]);
}

#[test]
fn statistics_into_what_exists() {
    let x = columns(5, 4);
    let of = |n| Tensor::<f32, _>::zeros_of(shape![Other.of(n)]);
    let (mut right, mut wrong) = (of(4), of(3));
    let text = "cannot broadcast `(4,)` to `(3,)`: Other is 4, not 3";
    assert_eq!(refused(|| x.moments_axis(Batch).assign_to(&mut wrong, &mut right)), text);
    assert_eq!(refused(|| x.moments_axis(Batch).assign_to(&mut right, &mut wrong)), text);
}

#[test]
fn layers() {
    let of = |n| Tensor::<f32, _>::ones_of(shape![Channels.of(n)]);
    let text = "cannot broadcast `(3,)` to `(4,)`: Channels is 3, not 4";
    assert_eq!(refused(|| BatchNorm::new(of(4), of(3), of(4), of(4), 1e-5)), text);
    assert_eq!(refused(|| BatchNorm::new(of(4), of(4), of(3), of(4), 1e-5)), text);
    assert_eq!(refused(|| BatchNorm::new(of(4), of(4), of(4), of(3), 1e-5)), text);
    let norm = BatchNorm::new(of(4), of(4), of(4), of(4), 1e-5);
    let data = |n| Tensor::<f32, _>::ones_of(shape![Batch.of(2), Channels.of(n)]);
    assert_eq!(
        refused(|| norm.forward(&data(5)).to_tensor()),
        "BatchNorm over 4 channels cannot take data of shape `(2, 5)`: axis 1 is 5"
    );
    assert_eq!(norm.forward(&data(4)).to_tensor().shape().lengths(), [2, 4]);
}

#[test]
fn more_elements_than_memory_has() {
    const HALF: usize = 1 << (usize::BITS / 2);
    let overflows = |shape: &str| format!("the number of elements of shape `{shape}` overflows");
    let shown = format!("({HALF}, {HALF})");
    assert_eq!(
        refused(|| Tensor::<u8, _>::zeros_of(shape![Batch.of(HALF), Other.of(HALF)])),
        overflows(&shown)
    );
    assert_eq!(
        refused(|| Tensor::full_of(shape![0, Batch.of(HALF), Other.of(HALF)], 1u8)),
        overflows(&format!("(0, {HALF}, {HALF})"))
    );
    assert_eq!(
        refused(|| Tensor::from_fn_of(shape![Batch.of(HALF), Other.of(HALF)], |_| 1u8)),
        overflows(&shown)
    );
    assert!(Tensor::from_shape_slice(shape![Batch.of(HALF), Other.of(HALF)], &[1u8]).is_err());
    let one = shapewright::tensor![[1.0f32]];
    assert_eq!(
        refused(|| one.broadcast_to(shape![Batch.of(HALF), Other.of(HALF)])),
        overflows(&shown)
    );
    let long = one.broadcast_to(shape![Batch.of(HALF), 1]);
    let wide = one.broadcast_to(shape![1, Other.of(HALF)]);
    assert_eq!(refused(|| long.stretch() * wide), overflows(&shown));
    assert_eq!(refused(|| long.stretch().matmul(&wide)), overflows(&shown));
}

#[test]
fn other_lengths_are_not_equal() {
    assert_ne!(rows(3), rows(4));
    assert_eq!(rows(3), rows(3));
    assert!(rows(3).view().try_with_shape::<shape![4, 3]>().is_err());
    assert_eq!(rows(3).try_with_shape::<shape![3, 3]>().unwrap().sum(), 36.0);
}

#[test]
fn agreement_at_the_door() {
    let (x, y, z) = (rows(32), vector(32), columns(31, 5));
    assert!(agree((&x, &y)).is_ok());
    assert!(agree(()).is_ok());
    let error = agree((&x, &y, &z)).unwrap_err();
    assert_eq!(error.to_string(), "Batch is 32 in argument 0 (32, 3), 31 in argument 2 (31, 5)");
    assert_eq!((error.arguments(), error.axis()), (Some((0, 2)), None));
    assert_eq!(*error.found().unwrap(), [31, 5]);
    let square = Tensor::<f32, _>::zeros_of(shape![Batch.of(2), Batch.of(3)]);
    assert!(agree((&square,)).is_err());
    // Only named lengths have to agree. Lengths without a name may differ.
    let nameless = |n| Tensor::<f32, _>::zeros_of(shape![Dyn::of(n)]);
    assert!(agree((&nameless(2), &nameless(3), &x * 2.0)).is_ok());
}

#[test]
fn names_of_numbers() {
    let x = shapewright::tensor![[1.0, 2.0], [3.0, 4.0]].rename::<shape![Pair, ?Batch]>();
    assert_eq!(x.sum_axis(Batch).to_tensor().as_slice(), [3.0, 7.0]);
    let back = x.rename::<shape![2, ?]>().try_with_shape::<shape![2, 2]>().unwrap();
    assert_eq!(back, shapewright::tensor![[1.0, 2.0], [3.0, 4.0]]);
    let column = shapewright::tensor![[1.0], [2.0]];
    assert_eq!(
        (column.view().rename::<shape![2, { 1 }]>() * column.view().rename::<shape![2, { 1 }]>())
            .to_tensor()
            .as_slice(),
        [1.0, 4.0]
    );
    // A length of 1 that was sliced out of a length of 2 stretches once it is renamed to `One`.
    let x = shapewright::tensor![[1.0, 5.0], [2.0, 6.0]];
    let first = x.slice(Axis::<1>, Span::<0, 1>).to_tensor().rename::<shape![2, 1]>();
    assert_eq!((&x * &first).to_tensor(), shapewright::tensor![[1.0, 5.0], [4.0, 12.0]]);
}

#[test]
fn nothing_to_choose_from() {
    let x = rows(0);
    let of = |operation: &str| {
        format!("{operation} of no elements: Batch of shape `(0, 3)` has length 0")
    };
    assert_eq!(refused(|| x.min()), of("min"));
    assert_eq!(refused(|| x.max()), of("max"));
    assert_eq!(refused(|| x.argmin()), of("argmin"));
    assert_eq!(refused(|| x.argmax()), of("argmax"));
    assert_eq!(refused(|| x.min_axis(Batch)), of("min"));
    assert_eq!(refused(|| x.max_axis((Axis::<1>, Batch))), of("max"));
    assert_eq!(refused(|| x.argmin_axis(Batch)), of("argmin"));
    assert_eq!(refused(|| (&x * 2.0).argmax_axis(Axis::<0>)), of("argmax"));
    let nameless = Tensor::<f32, _>::zeros_of(shape![2, Dyn::of(0)]);
    let text = "max of no elements: axis -1 of shape `(2, 0)` has length 0";
    assert_eq!(refused(|| nameless.max_axis(Axis::<1>)), text);
    // There are no rows, so no maximum is missing.
    assert!(x.max_axis(Axis::<1>).to_tensor().as_slice().is_empty());
    assert_eq!((x.sum(), x.prod(), x.mean().is_nan()), (0.0, 1.0, true));
}

#[test]
fn indices() {
    let mut x = rows(4);
    assert_eq!(refused(|| x[[4, 0]]), "index [4, 0] is out of range for shape (4, 3)");
    assert_eq!(refused(|| x[[0, 3]] = 1.0), "index [0, 3] is out of range for shape (4, 3)");
    assert!(x.get([4, 0]).is_none());
}

#[test]
fn errors_show_which_lengths_may_be_any() {
    let two_rows = [1.0, 2.0, 3.0, 4.0];
    assert_eq!(
        Tensor::<f32, shape![?Batch, 3]>::from_slice(&two_rows).unwrap_err().to_string(),
        "wrong number of elements: shape (?Batch, 3) holds a multiple of 3, found 4"
    );
    let error = rows(1000).try_with_shape::<shape![?Other, 4]>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "\
shape mismatch: expected (?Other, 4), found (1000, 3): axis -1 must be 4, not 3
  expected     ?  4
  found     1000  3
                  ^"
    );
    assert_eq!(error.axis(), Some(-1));
    let bytes = [0u8; 5];
    let error = TensorView::<u16, shape![?]>::from_bytes(&bytes).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("wrong number of bytes: shape (?,) holds elements of 2 bytes")
    );
}

#[test]
fn axes_as_values() {
    let x = rows(32);
    assert_eq!(format!("{:?}", x.shape()), "(Batch = 32, 3)");
    assert_eq!(format!("{:?}", shape![Dyn::of(2), 1, Pair]), "(2, 1, Pair = 2)");
    let like = Tensor::<f32, _>::zeros_of(shape![x.shape().0, 5]);
    assert_eq!(like.shape().lengths(), [32, 5]);
    let rows = x.shape().0;
    let full: Tensor<f32, shape![?Batch, 5]> = shapewright::tensor![1.0; rows, 5];
    assert_eq!((like + full).sum(), 160.0);
    let n = 7;
    assert_eq!(shapewright::tensor![2.0; Batch.of(n), 2].sum(), 28.0);
    let nameless: Tensor<f64, shape![?, 2]> = shapewright::tensor![2.0; n, 2];
    assert_eq!(nameless.sum(), 28.0);
}

#[test]
fn shapes_that_grow() {
    const MOST: usize = isize::MAX as usize;
    let x = columns(4, 3);
    assert_eq!(
        refused(|| x.slice(Batch, Span::<0, MOST, 0>)),
        format!("the number of elements of shape `({MOST}, 3)` overflows")
    );
    let one = shapewright::tensor![[1.0f32]];
    let long = one.broadcast_to(shape![Batch.of(MOST), 1]);
    let text = format!("the number of elements of shape `({}, 1)` overflows", usize::MAX - 1);
    assert_eq!(refused(|| long.concat(&long, Batch)), text);
    let text = format!("the number of elements of shape `({MOST}, 2, 1)` overflows");
    assert_eq!(refused(|| long.stack(&long, Axis::<1>)), text);
    let text = format!("the number of elements of shape `(3, {MOST}, 1)` overflows");
    assert_eq!(refused(|| stack([long, long, long], Axis::<0>)), text);
    const MORE: usize = usize::MAX / 2 + 2;
    assert_eq!(
        refused(|| long.pad(Batch, Pad::<1, MORE>, 0.0)),
        format!(
            "Batch of length {MOST} of shape `({MOST}, 1)` padded by 1 and {MORE} is not {}",
            usize::MAX
        )
    );
    let text = format!("the number of elements of shape `({}, 1)` overflows", MOST + 2);
    assert_eq!(refused(|| long.pad(Batch, Pad::<1, 1>, 0.0)), text);
    let none = Tensor::<u8, _>::zeros_of(shape![0]);
    let long_indices =
        none.expand_dims(Axis::<1>).broadcast_to(shape![0, Batch.of(MOST)]).to_tensor();
    let text = format!("the number of elements of shape `(0, {MOST}, 3)` overflows");
    assert_eq!(refused(|| x.take(Batch, &long_indices)), text);
    let text = format!("the number of elements of shape `({}, 1, 2)` overflows", MOST - 1);
    assert_eq!(refused(|| long.windows(Batch, Window::<2>)), text);
    let most = Dyn::of(MOST);
    let text =
        format!("shape `({MOST},)` of elements of 8 bytes takes more memory than there can be");
    assert_eq!(refused(|| Tensor::<f64, _>::zeros_of(shape![most])), text);
    assert_eq!(refused(|| Tensor::full_of(shape![most], 1.0f64)), text);
    assert_eq!(refused(|| Tensor::from_fn_of(shape![most], |_| 1.0f64)), text);
    assert_eq!(
        refused(|| shapewright::tensor![1.0f64].broadcast_to(shape![most]).to_tensor()),
        text
    );
    let none: Vec<[f64; 0]> = vec![[]; usize::MAX];
    let text = format!("the number of elements of shape `({}, 0)` overflows", usize::MAX);
    assert_eq!(refused(|| Tensor::<f64, shape![?Batch, 0]>::from(none)), text);
}

#[test]
fn elements_that_do_not_fit() {
    type Large = shape![{ 1 << 31 }, ?, { 1 << 31 }, { 1 << 31 }, 0];
    assert!(Tensor::<u8, Large>::from_slice(&[]).is_err());
    assert!(Tensor::<u8, Large>::from_vec(vec![]).is_err());
    assert_eq!(
        Tensor::<u8, shape![?, 0]>::from_slice(&[1]).unwrap_err().to_string(),
        "wrong number of elements: shape (?, 0) holds none, found 1"
    );
    let data = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let both = shape![Batch.of(2), Other.of(3)];
    let view = TensorView::from_shape_strides(both, &data, 0, [1, 2]).unwrap();
    assert_eq!(view[[1, 2]], 6.0);
}

#[test]
fn square_matrices() {
    let a = Tensor::<f32, _>::ones_of(shape![Batch.of(2), Batch.of(3)]);
    assert_eq!(refused(|| a.det()), "a square matrix is asked for here, and `(2, 3)` is not one");
    assert_eq!(refused(|| a.inv()), "a square matrix is asked for here, and `(2, 3)` is not one");
    assert_eq!(
        refused(|| a.cholesky()),
        "a square matrix is asked for here, and `(2, 3)` is not one"
    );
    let a = Tensor::<f32, _>::ones_of(shape![Batch.of(2), Batch.of(2)]);
    assert_eq!(
        refused(|| a.solve(rows(3))),
        "cannot solve `(2, 2)` for `(3, 3)`: the matrix has 2 rows, the right-hand side 3"
    );
    let mut out = Tensor::<f32, _>::ones_of(shape![Batch.of(3), Batch.of(3)]);
    assert_eq!(
        refused(|| out.try_assign(a.inv())),
        "cannot broadcast `(2, 2)` to `(3, 3)`: Batch is 2, not 3"
    );
}
