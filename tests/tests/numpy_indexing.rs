//! Elements selected by indices in a tensor, compared with NumPy's `take`.

use shapewright::{
    Array, Dim, Dyn, Indices, Integer, Length, Tensor, dim, prelude::*, shape, tensor,
};
use shapewright_tests::each_integer;
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Words);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/indexing.txt"))
}

type Cube = Tensor<f32, shape![2, 3, 4]>;

#[test]
fn along_each_axis() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("take(x234, [1, 0, 1], 0)", x.take(Axis::<0>, [1, 0, 1]));
    numpy.gives("take(x234, [2, 2, 0, 1], 1)", x.take(Axis::<1>, [2, 2, 0, 1]));
    numpy.gives("take(x234, [3, 0], 2)", x.take(Axis::<2>, [3, 0]));
    numpy.gives("take(x234, [3, 0], 2)", x.take(Axis::<-1>, &[3, 0]));
    numpy.gives("take(x234, [1], 1)", x.take(Axis::<1>, [1]));
    numpy.gives("take(x234, [-1, 0, -3], 1)", x.take(Axis::<1>, [-1, 0, -3]));
    numpy.gives("take(x234, 2, 1)", x.take(Axis::<1>, 2));
    numpy.gives("take(x234, -1, 0)", x.take(Axis::<0>, -1i64));
    numpy.gives("take(x234, zeros(0, int64), 1)", x.take(Axis::<1>, [0i32; 0]));
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives("take(x4, [3, 1, 1])", row.take(Axis::<0>, [3, 1, 1]));
    numpy.gives("take(x4, 3)", row.take(Axis::<0>, 3u8));
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("take(x31, [2, 0], 0)", column.take(Axis::<0>, [2, 0]));
    numpy.gives("take(x31, [0, 0], 1)", column.take(Axis::<1>, [0, 0]));
    let named: Tensor<f32, shape![2, Row, Column]> = numpy.get("x234");
    numpy.gives("take(x234, [2, 2, 0, 1], 1)", named.take(Row, [2, 2, 0, 1]));
    let none = Tensor::<f32, shape![3, 0, 2]>::zeros();
    numpy.gives("take(zeros((3, 0, 2), float32), [1, 2], 0)", none.take(Axis::<0>, [1, 2]));
    numpy.gives("take(zeros((3, 0, 2), float32), [1, 1, 1], 2)", none.take(Axis::<2>, [1, 1, 1]));
    let p: Tensor<bool, shape![3, 4]> = numpy.get("p34");
    numpy.gives("take(p34, [2, 2, 1], 0)", p.take(Axis::<0>, [2, 2, 1]));
}

#[test]
fn by_indices_of_several_axes() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives(
        "take(x234, [[1, 0], [0, 0], [1, 1]], 0)",
        x.take(Axis::<0>, &tensor![[1, 0], [0, 0], [1, 1]]),
    );
    numpy.gives("take(x234, [[1, 0], [2, 0]], 1)", x.take(Axis::<1>, &tensor![[1u32, 0], [2, 0]]));
    numpy.gives("take(x234, [[3], [0]], 2)", x.take(Axis::<2>, &tensor![[3usize], [0]]));
    let table: Tensor<f32, shape![5, 3]> = numpy.get("x53");
    let text = tensor![[4u16, 0, 2, 2], [1, 3, 0, 4]];
    let embedded: Tensor<f32, shape![2, 4, 3]> = table.take(Axis::<0>, &text).to_tensor();
    numpy.gives("take(x53, [[4, 0, 2, 2], [1, 3, 0, 4]], 0)", &embedded);
    numpy.gives("take(x53.T, [[4, 0, 2, 2], [1, 3, 0, 4]], 1)", table.t().take(Axis::<1>, &text));
    numpy.gives(
        "take(x53, array([[4, 0, 2, 2], [1, 3, 0, 4]]).T, 0)",
        table.take(Axis::<0>, &text.t().view()),
    );
    let indices = tensor![4, 1];
    let stretched: TensorView<'_, i32, shape![2, 3]> =
        indices.expand_dims(Axis::<1>).broadcast_to(shape![2, 3]).view();
    numpy.gives("take(x53, [[4, 4, 4], [1, 1, 1]], 0)", table.take(Axis::<0>, &stretched));
}

#[test]
fn of_strided_operands_and_of_expressions() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("take(transpose(x234), [2, 0], 1)", {
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).take(Axis::<1>, [2, 0])
    });
    numpy.gives("take(x234[:, ::-1], [2, 0], 1)", x.flip(Axis::<1>).take(Axis::<1>, [2, 0]));
    numpy.gives("take(x234[:, :, ::2], [1, 0, 1], 0)", {
        x.slice(Axis::<2>, Span::<0, 2, 2>).take(Axis::<0>, [1, 0, 1])
    });
    numpy.gives("take(x234[:, :, ::2], [1, 0, 1], 2)", {
        x.slice(Axis::<2>, Span::<0, 2, 2>).take(Axis::<2>, [1, 0, 1])
    });
    numpy.gives("take(x234 * 2, [2, 0], 1)", (&x * 2.0).take(Axis::<1>, [2, 0]));
    numpy.gives("take(x234, [2, 0], 1) * 2", x.take(Axis::<1>, [2, 0]) * 2.0);
    numpy.gives("take(x234, [2, 0], 1).max(axis=1)", x.take(Axis::<1>, [2, 0]).max_axis(Axis::<1>));
    numpy.gives("take(x234.max(axis=0), [2, 0], 0)", x.max_axis(Axis::<0>).take(Axis::<0>, [2, 0]));
    numpy.gives("take(take(x234, [2, 0], 1), [3, 3, 1], 2)", {
        x.take(Axis::<1>, [2, 0]).take(Axis::<2>, [3, 3, 1])
    });
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives("take(broadcast_to(x4, (3, 4)), [2, 0], 0)", {
        row.broadcast_to(shape![3, 4]).take(Axis::<0>, [2, 0])
    });
    numpy.gives("take(broadcast_to(x4, (3, 4)), [2, 0], 1)", {
        row.broadcast_to(shape![3, 4]).take(Axis::<1>, [2, 0])
    });
    let inline: Array<f32, shape![2, 3, 4]> = x.to_array();
    numpy.gives("take(x234, [2, 0], 1)", &inline.take(Axis::<1>, &inline_indices()).to_array());
    // Written to a part of an existing tensor.
    let mut all = Tensor::<f32, shape![2, 2, 8]>::zeros();
    all.slice_mut(Axis::<2>, Span::<0, 4, 2>).assign(x.take(Axis::<1>, [2, 0]));
    numpy.gives("take(x234, [2, 0], 1)", all.slice(Axis::<2>, Span::<0, 4, 2>));
    assert_eq!(all.slice(Axis::<2>, Span::<1, 4, 2>).sum(), 0.0);
}
fn inline_indices() -> Array<u8, shape![2]> {
    shapewright::array![2, 0]
}

#[test]
fn lengths_that_are_named_generic_or_known_at_run_time() {
    fn embedded<J: Integer, W: Length, D: Length, B: Length, T: Length>(
        table: &Tensor<f32, (W, D)>,
        text: &Tensor<J, (B, T)>,
    ) -> Tensor<f32, (B, T, D)> {
        table.take(Axis::<0>, text).to_tensor()
    }
    fn rows<K: Indices<Shape = shape![?]>, N: Length, C: Length>(
        x: &Tensor<f32, (N, C)>,
        indices: K,
    ) -> Tensor<f32, (Dyn, C)> {
        x.take(Axis::<0>, indices).to_tensor()
    }
    let numpy = numpy();
    let table: Tensor<f32, shape![5, 3]> = numpy.get("x53");
    let text = tensor![[4i8, 0, 2, 2], [1, 3, 0, 4]];
    numpy.gives("take(x53, [[4, 0, 2, 2], [1, 3, 0, 4]], 0)", &embedded(&table, &text));
    let words: Tensor<f32, shape![?Words, 3]> = table.clone().rename();
    numpy.gives("take(x53, [[4, 0, 2, 2], [1, 3, 0, 4]], 0)", &embedded(&words, &text));
    let order: Vec<usize> = vec![4, 0, 2, 2];
    numpy.gives("take(x53, [4, 0, 2, 2], 0)", &rows(&table, &order));
    numpy.gives("take(x53, [4, 0, 2, 2], 0)[1:3]", &rows(&words, &order[1..3]));
    let of_run_time: Tensor<i64, shape![?Words]> = vec![4, 0, 2, 2].into();
    let taken: Tensor<f32, shape![?Words, 3]> = words.take(Words, &of_run_time).to_tensor();
    numpy.gives("take(x53, [4, 0, 2, 2], 0)", &taken);
    let taken: Tensor<f32, shape![5, ?Words]> =
        table.take(Axis::<1>, &tensor![2, 1].rename::<shape![?Words]>()).to_tensor();
    numpy.gives("take(x53, [2, 1], 1)", &taken);
}

#[test]
fn classes() {
    fn vectors<J: Integer, N: Length, C: Length>(
        labels: &Tensor<J, (N,)>,
        classes: C,
    ) -> Tensor<f32, (N, C)> {
        labels.one_hot::<f32, _>(classes).to_tensor()
    }
    let numpy = numpy();
    let labels = tensor![3u8, 0, 2, 3, 4];
    numpy.gives("eye(5, dtype=float32)[[3, 0, 2, 3, 4]]", labels.one_hot::<f32, _>(Dim::<5>));
    numpy.gives("eye(7, dtype=float64)[[3, 0, 2, 3, 4]]", labels.one_hot::<f64, _>(Dim::<7>));
    numpy.gives(
        "eye(5, dtype=uint8)[[3, 0, 2, 3, 4]] * uint8(3)",
        labels.one_hot::<u8, _>(Dim::<5>) * 3,
    );
    numpy.gives(
        "eye(5, dtype=float32)[[4, 3, 2, 0, 3]]",
        labels.flip(Axis::<0>).view().one_hot::<f32, _>(Dim::<5>),
    );
    numpy.gives("eye(5, dtype=float32)[[3, 0, 2, 3, 4]]", &vectors(&labels, Dim::<5>));
    let of_run_time: Tensor<u8, shape![?Words]> = labels.clone().rename();
    let hot: Tensor<f32, shape![?Words, ?]> = vectors(&of_run_time, Dyn::of(5));
    numpy.gives("eye(5, dtype=float32)[[3, 0, 2, 3, 4]]", &hot);
    let table = tensor![[1i64, 0, 2], [3, 3, 0]];
    let hot: Tensor<f32, shape![2, 3, Column]> = table.one_hot::<f32, _>(Column).to_tensor();
    numpy.gives("eye(4, dtype=float32)[[[1, 0, 2], [3, 3, 0]]]", &hot);
    numpy.gives(
        "eye(4, dtype=float32)[[[1, 3], [0, 3], [2, 0]]]",
        table.t().view().one_hot::<f32, _>(Dim::<4>),
    );
    numpy.gives("eye(4, dtype=float32)[[[1, 0, 2], [3, 3, 0]]].max(axis=(0, 1))", {
        table.one_hot::<f32, _>(Dim::<4>).max_axis((Axis::<0>, Axis::<1>))
    });
    numpy.gives("eye(4, dtype=float32)[2]", Tensor::<u16, ()>::full(2).one_hot::<f32, _>(Dim::<4>));
    numpy.gives(
        "zeros((0, 4), float32)",
        Tensor::<u16, shape![0]>::zeros().one_hot::<f32, _>(Dim::<4>),
    );
    numpy.gives(
        "zeros((0, 0), float32)",
        Tensor::<u16, shape![0]>::zeros().one_hot::<f32, _>(Dim::<0>),
    );
    let column = tensor![[1u8], [0]];
    numpy.gives("eye(2, dtype=float32)[[[1], [0]]]", column.one_hot::<f32, _>(Dim::<2>));
    // Written to a part of an existing tensor.
    let mut all = Tensor::<f32, shape![5, 10]>::full(8.0);
    all.slice_mut(Axis::<1>, Span::<0, 5, 2>).assign(labels.one_hot::<f32, _>(Dim::<5>));
    numpy.gives("eye(5, dtype=float32)[[3, 0, 2, 3, 4]]", all.slice(Axis::<1>, Span::<0, 5, 2>));
    assert!(all.slice(Axis::<1>, Span::<1, 5, 2>).equal(8.0).all());
}

/// Every index type, up to its limits.
#[test]
fn integers() {
    let x = Tensor::<u16, shape![300]>::from_fn(|[i]| i as u16);
    macro_rules! each {
        ($($t:ident: $($_wide:ident)*;)*) => {$(
            let last = if <$t>::MAX as u128 >= 299 { 299u64 as $t } else { <$t>::MAX };
            assert_eq!(x.take(Axis::<0>, [0, 1, last]).to_tensor(), tensor![0, 1, last as u16]);
            if <$t>::MAX as u128 > 299 {
                for wrong in [300u64 as $t, <$t>::MAX] {
                    let text = format!("index {wrong} is out of range for axis -1 of length 300 of shape (300,)");
                    assert_eq!(x.try_take(Axis::<0>, [0, wrong]).unwrap_err().to_string(), text);
                }
            }
        )*};
    }
    each_integer! { each }
    macro_rules! from_the_end {
        ($($t:ident: $($_wide:ident)*;)*) => {$(
            if <$t>::MIN != 0 {
                let most = if <$t>::MIN as i128 <= -300 { -300i64 as $t } else { <$t>::MIN };
                let place = (300 + most as i64) as u16;
                assert_eq!(x.take(Axis::<0>, [-1i64 as $t, most]).to_tensor(), tensor![299, place]);
                if (<$t>::MIN as i128) < -300 {
                    for wrong in [-301i64 as $t, <$t>::MIN] {
                        let text = format!("index {wrong} is out of range for axis -1 of length 300 of shape (300,)");
                        assert_eq!(x.try_take(Axis::<0>, wrong).unwrap_err().to_string(), text);
                    }
                }
            }
        )*};
    }
    each_integer! { from_the_end }
}
