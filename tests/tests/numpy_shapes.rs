//! Other shapes of the same elements, compared with NumPy's: new and removed axes, permutations,
//! stretching, parts, reshapes, concatenation.

use shapewright::{Array, Dim, Tensor, dim, prelude::*, shape};
use shapewright_tests::values::Values;

dim!(Batch = 2, Row = 3, Column = 4, Single = 1);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/shapes.txt"))
}

type Cube = Tensor<f32, shape![2, 3, 4]>;

#[test]
fn new_axes() {
    let numpy = numpy();
    let (x, row): (Cube, Tensor<f32, shape![4]>) = (numpy.get("x234"), numpy.get("x4"));
    numpy.gives("expand_dims(x4, 0)", row.expand_dims(Axis::<0>));
    numpy.gives("expand_dims(x4, 1)", row.expand_dims(Axis::<1>));
    numpy.gives("expand_dims(x4, -1)", row.expand_dims(Axis::<-1>));
    numpy.gives("expand_dims(x4, -2)", row.expand_dims(Axis::<-2>));
    numpy.gives("expand_dims(x234, 0)", x.expand_dims(Axis::<0>));
    numpy.gives("expand_dims(x234, 1)", x.expand_dims(Axis::<1>));
    numpy.gives("expand_dims(x234, 2)", x.expand_dims(Axis::<2>));
    numpy.gives("expand_dims(x234, 3)", x.expand_dims(Axis::<3>));
    numpy.gives("expand_dims(x234, -3)", x.expand_dims(Axis::<-3>));
    numpy.gives("expand_dims(x4 * 2, 1)", (&row * 2.0).expand_dims(Axis::<1>));
    let x: Tensor<f32, ()> = numpy.get("x");
    numpy.gives("expand_dims(x, 0)", x.expand_dims(Axis::<0>));
}

#[test]
fn axes_removed() {
    let numpy = numpy();
    let (a, b): (Tensor<f32, shape![3, 1]>, Tensor<f32, shape![1, 3, 1, 2]>) =
        (numpy.get("x31"), numpy.get("x1312"));
    numpy.gives("squeeze(x31, 1)", a.squeeze(Axis::<1>));
    numpy.gives("squeeze(x31, -1)", a.squeeze(Axis::<-1>));
    numpy.gives("squeeze(x1312, 0)", b.squeeze(Axis::<0>));
    numpy.gives("squeeze(x1312, 2)", b.squeeze(Axis::<2>));
    numpy.gives("squeeze(x1312, (0, 2))", b.squeeze((Axis::<0>, Axis::<2>)));
    numpy.gives("squeeze(x1312, (0, 2))", b.squeeze((Axis::<-2>, Axis::<0>)));
    numpy.gives("squeeze(x31 + 1, 1)", (&a + 1.0).squeeze(Axis::<1>));
    // Lengths of 1 that do not stretch, by number and by name.
    let (c, d): (Tensor<f32, shape![3, { 1 }]>, Tensor<f32, shape![Single, 3, { 1 }, 2]>) =
        (numpy.get("x31"), numpy.get("x1312"));
    numpy.gives("squeeze(x31, 1)", c.squeeze(Axis::<-1>));
    numpy.gives("squeeze(x31 + 1, 1)", (&c + 1.0).squeeze(Axis::<1>));
    numpy.gives("squeeze(x31, 1)", &c.squeeze(Axis::<1>).view());
    numpy.gives("squeeze(x1312, 0)", d.squeeze(Single));
    numpy.gives("squeeze(x1312, (0, 2))", d.squeeze((Axis::<2>, Single)));
    numpy.gives("squeeze(x1312 * x1312, (0, 2))", (&d * &d).squeeze((Axis::<0>, Axis::<2>)));
    numpy.gives("transpose(x31)[0]", c.permute_dims((Axis::<1>, Axis::<0>)).squeeze(Axis::<0>));
    let mut out = Tensor::<f32, shape![3]>::zeros();
    out += c.squeeze(Axis::<1>);
    numpy.gives("squeeze(x31, 1)", &out);
    numpy.gives(
        "squeeze(x1312.max(axis=1, keepdims=True), 1)",
        b.max_axis(Axis::<1>).keepdims().squeeze(Axis::<1>),
    );
}

#[test]
fn every_permutation() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("transpose(x234, (0, 1, 2))", x.permute_dims((Axis::<0>, Axis::<1>, Axis::<2>)));
    numpy.gives("transpose(x234, (0, 2, 1))", x.permute_dims((Axis::<0>, Axis::<2>, Axis::<1>)));
    numpy.gives("transpose(x234, (1, 0, 2))", x.permute_dims((Axis::<1>, Axis::<0>, Axis::<2>)));
    numpy.gives("transpose(x234, (1, 2, 0))", x.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)));
    numpy.gives("transpose(x234, (2, 0, 1))", x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)));
    numpy.gives("transpose(x234, (2, 1, 0))", x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)));
    numpy.gives("transpose(x234, (2, 0, 1))", x.permute_dims((Axis::<-1>, Axis::<-3>, Axis::<1>)));
    let named: Tensor<f32, shape![Batch, Row, Column]> = numpy.get("x234");
    numpy.gives("transpose(x234, (2, 0, 1))", named.permute_dims((Column, Batch, Row)));
    numpy.gives("transpose(x234, (1, 2, 0))", named.permute_dims((Row, Axis::<2>, Batch)));
    numpy.gives(
        "transpose(x234 * 2, (1, 2, 0))",
        (&x * 2.0).permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)),
    );
    let x: Tensor<f32, shape![2, 3, 1, 4]> = numpy.get("x2314");
    numpy.gives(
        "transpose(x2314, (3, 1, 0, 2))",
        x.permute_dims((Axis::<3>, Axis::<1>, Axis::<0>, Axis::<2>)),
    );
    numpy.gives("transpose(x4)", numpy.get::<f32, shape![4]>("x4").permute_dims((Axis::<0>,)));
    numpy.gives("transpose(x)", numpy.get::<f32, ()>("x").permute_dims(()));
}

#[test]
fn stretching() {
    let numpy = numpy();
    let (x, row, column): (Tensor<f32, ()>, Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x"), numpy.get("x4"), numpy.get("x31"));
    numpy.gives("broadcast_to(x, (2, 3))", x.broadcast_to(shape![2, 3]));
    numpy.gives("broadcast_to(x4, (4,))", row.broadcast_to(shape![4]));
    numpy.gives("broadcast_to(x4, (3, 4))", row.broadcast_to(shape![3, 4]));
    numpy.gives("broadcast_to(x4, (2, 3, 4))", row.broadcast_to(shape![2, 3, 4]));
    numpy.gives("broadcast_to(x4, (1, 4))", row.broadcast_to(shape![1, 4]));
    numpy.gives("broadcast_to(x31, (3, 4))", column.broadcast_to(shape![3, 4]));
    numpy.gives("broadcast_to(x31, (2, 3, 4))", column.broadcast_to(shape![2, 3, 4]));
    numpy.gives("broadcast_to(x4, (0, 4))", row.broadcast_to(shape![0, 4]));
    numpy.gives("broadcast_to(x4 * 2, (3, 4))", (&row * 2.0).broadcast_to(shape![3, 4]));
    numpy.gives(
        "broadcast_to(x31, (3, 4)).max(axis=1)",
        column.broadcast_to(shape![3, 4]).max_axis(Axis::<1>),
    );
}

#[test]
fn parts() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("x234[1:2]", x.slice(Axis::<0>, Span::<1, 1>));
    numpy.gives("x234[:, 1:]", x.slice(Axis::<1>, Span::<1, 2>));
    numpy.gives("x234[:, ::2]", x.slice(Axis::<1>, Span::<0, 2, 2>));
    numpy.gives("x234[:, :, 1:3]", x.slice(Axis::<-1>, Span::<1, 2>));
    numpy.gives("x234[:, :, ::3]", x.slice(Axis::<2>, Span::<0, 2, 3>));
    numpy.gives("x234[:, :, 1::2]", x.slice(Axis::<2>, Span::<1, 2, 2>));
    numpy.gives("x234[:, 1:1]", x.slice(Axis::<1>, Span::<1, 0>));
    numpy.gives("x234[:, 3:]", x.slice(Axis::<1>, Span::<3, 0>));
    numpy.gives(
        "x234[:, 1:, 1::2]",
        x.slice(Axis::<1>, Span::<1, 2>).slice(Axis::<2>, Span::<1, 2, 2>),
    );
    numpy.gives(
        "x234[:, :, 1:][:, :, ::2]",
        x.slice(Axis::<2>, Span::<1, 3>).slice(Axis::<2>, Span::<0, 2, 2>),
    );
    numpy.gives("(x234 * 2)[:, 1:]", (&x * 2.0).slice(Axis::<1>, Span::<1, 2>));
    numpy.gives(
        "transpose(x234)[1:3]",
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).slice(Axis::<0>, Span::<1, 2>),
    );
    numpy.gives(
        "x234[:, :, 1:3] - x234[:, :, 2:]",
        x.slice(Axis::<2>, Span::<1, 2>) - x.slice(Axis::<2>, Span::<2, 2>),
    );
    let named: Tensor<f32, shape![Batch, Row, Column]> = numpy.get("x234");
    numpy.gives("x234[:, ::2]", named.slice(Row, Span::<0, 2, 2>));
    // From the end, and backwards.
    numpy.gives("x234[:, -2:]", x.slice(Axis::<1>, Span::<-2, 2>));
    numpy.gives("x234[:, :, -3:-1]", x.slice(Axis::<2>, Span::<-3, 2>));
    numpy.gives("x234[:, :, ::-1]", x.slice(Axis::<2>, Span::<-1, 4, -1>));
    numpy.gives("x234[:, ::-1]", x.slice(Axis::<1>, Span::<2, 3, -1>));
    numpy.gives("x234[:, :, 3:0:-2]", x.slice(Axis::<2>, Span::<3, 2, -2>));
    numpy.gives("x234[:, :, ::-2] * 2", (&x * 2.0).slice(Axis::<2>, Span::<-1, 2, -2>));
    numpy.gives(
        "x234[:, ::-1, ::-1] - x234",
        x.slice(Axis::<1>, Span::<-1, 3, -1>).slice(Axis::<2>, Span::<-1, 4, -1>) - &x,
    );
    numpy.gives(
        "x234[:, ::-1].max(axis=1)",
        x.slice(Axis::<1>, Span::<-1, 3, -1>).max_axis(Axis::<1>),
    );
    numpy.gives("x234[::-1]", &x.slice(Axis::<0>, Span::<1, 2, -1>).view());
    numpy.gives("x234[:, 3:3]", x.slice(Axis::<1>, Span::<-3, 0, -1>));
    // One index, with the axis removed.
    numpy.gives("x234[1]", x.slice(Axis::<0>, Span::<1, 1>).squeeze(Axis::<0>));
    numpy.gives("x234[:, -1]", x.slice(Axis::<1>, Span::<-1, 1>).squeeze(Axis::<1>));
    numpy
        .gives("(x234 * 2)[:, :, 2]", (&x * 2.0).slice(Axis::<2>, Span::<2, 1>).squeeze(Axis::<2>));
    numpy.gives(
        "x234[1, :, 3]",
        x.slice(Axis::<0>, Span::<1, 1>)
            .slice(Axis::<2>, Span::<3, 1>)
            .squeeze((Axis::<0>, Axis::<2>)),
    );
    // For an axis of length 1, of either kind.
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("x31[:, 0:1]", column.slice(Axis::<1>, Span::<0, 1>));
    numpy.gives(
        "x31[1:, 0:0]",
        column.slice(Axis::<0>, Span::<1, 2>).slice(Axis::<1>, Span::<0, 0>),
    );
}

/// A part, a permutation or a stretched tensor is a view that can be stored.
#[test]
fn views() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("x234[:, ::2]", &x.slice(Axis::<1>, Span::<0, 2, 2>).view());
    numpy.gives(
        "transpose(x234, (1, 2, 0))",
        &x.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)).view(),
    );
    numpy.gives("expand_dims(x234, 1)", &x.expand_dims(Axis::<1>).view());
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    let stretched = row.broadcast_to(shape![3, 4]).view();
    numpy.gives("broadcast_to(x4, (3, 4))", &stretched);
    assert_eq!(stretched[[2, 1]], row[[1]]);
    let once = x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).view();
    numpy.gives("transpose(x234)[1:3]", &once.slice(Axis::<0>, Span::<1, 2>).view());
}

#[test]
fn other_shapes() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("reshape(x234, (4, 6))", x.reshape(shape![4, 6]));
    numpy.gives("reshape(x234, (24,))", x.reshape(shape![24]));
    numpy.gives("reshape(x234, (3, 2, 4))", x.reshape(shape![3, 2, 4]));
    numpy.gives("reshape(x234, (2, 1, 12))", x.reshape(shape![2, 1, 12]));
    numpy.gives("reshape(x234, (6, 4))", x.reshape_to(shape![6, 4]));
    numpy.gives("ravel(x234)", x.flatten());
    numpy.gives("ravel(x234)", x.flatten_to(Dim::<24>));
    numpy.gives("reshape(x234 + 1, (4, 6))", (&x + 1.0).reshape(shape![4, 6]));
    numpy.gives(
        "reshape(transpose(x234), (4, 6))",
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).reshape(shape![4, 6]),
    );
    numpy.gives("reshape(x234[:, ::2], (16,))", x.slice(Axis::<1>, Span::<0, 2, 2>).flatten());
    numpy.gives(
        "reshape(broadcast_to(x4, (3, 4)), (2, 6))",
        numpy.get::<f32, shape![4]>("x4").broadcast_to(shape![3, 4]).reshape(shape![2, 6]),
    );
    numpy.gives(
        "transpose(reshape(x234, (4, 6)))",
        x.reshape(shape![4, 6]).permute_dims((Axis::<1>, Axis::<0>)),
    );
    numpy.gives("reshape(x234.max(axis=1), (4, 2))", x.max_axis(Axis::<1>).reshape(shape![4, 2]));
    numpy.gives("reshape(x, (1, 1))", numpy.get::<f32, ()>("x").reshape(shape![1, 1]));
    numpy.gives("reshape(x31, (3,))", numpy.get::<f32, shape![3, 1]>("x31").reshape(shape![3]));
    numpy.gives(
        "zeros((0, 2), float32)",
        Tensor::<f32, shape![3, 0]>::zeros().reshape(shape![0, 2]),
    );
    numpy.gives("ravel(x)", numpy.get::<f32, ()>("x").flatten());
    let named: Tensor<f32, shape![Batch, Row, Column]> = numpy.get("x234");
    numpy.gives("ravel(x234)", named.flatten());
    numpy.gives("reshape(x234, (4, 6))", named.reshape(shape![Column, 6]));
}

#[test]
fn concatenation() {
    let numpy = numpy();
    let (x, y): (Cube, Cube) = (numpy.get("x234"), numpy.get("y234"));
    numpy.gives("concatenate((x234, y234), 0)", x.concat(&y, Axis::<0>));
    numpy.gives("concatenate((x234, y234), 1)", x.concat(&y, Axis::<1>));
    numpy.gives("concatenate((x234, y234), 2)", x.concat(&y, Axis::<-1>));
    numpy.gives("concatenate((x234, y234), 1)", x.concat_to(&y, Axis::<1>, Dim::<6>));
    let thin: Tensor<f32, shape![2, 1, 4]> = numpy.get("x214");
    numpy.gives("concatenate((x234, x214), 1)", x.concat(&thin, Axis::<1>));
    numpy.gives("concatenate((x214, x234), 1)", thin.concat(&x, Axis::<1>));
    numpy.gives("concatenate((x214, x214), 1)", thin.concat(&thin, Axis::<1>));
    numpy.gives("concatenate((x234 * 2, y234 - 1), 0)", (&x * 2.0).concat(&y - 1.0, Axis::<0>));
    numpy.gives("concatenate((x234, y234), 0) + 1", x.concat(y.clone(), Axis::<0>) + 1.0);
    numpy
        .gives("concatenate((x234, y234, x234), 2)", x.concat(&y, Axis::<2>).concat(&x, Axis::<2>));
    numpy.gives(
        "concatenate((x234[:, :, ::2], y234), 2)",
        x.slice(Axis::<2>, Span::<0, 2, 2>).concat(&y, Axis::<2>),
    );
    numpy.gives(
        "transpose(concatenate((x234, y234), 1), (2, 0, 1))",
        x.concat(&y, Axis::<1>).permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)),
    );
    numpy.gives(
        "concatenate((x234, y234), 1).max(axis=1)",
        x.concat(&y, Axis::<1>).max_axis(Axis::<1>),
    );
    numpy.gives(
        "concatenate((x4, zeros(0, float32)))",
        numpy.get::<f32, shape![4]>("x4").concat(&Tensor::<f32, shape![0]>::zeros(), Axis::<0>),
    );
    numpy.gives(
        "concatenate((zeros((2, 0), float32), ones((2, 3), float32)), 1)",
        Tensor::<f32, shape![2, 0]>::zeros()
            .concat(&Tensor::<f32, shape![2, 3]>::ones(), Axis::<1>),
    );
    let named: Tensor<f32, shape![Batch, Row, Column]> = numpy.get("x234");
    numpy.gives("concatenate((x234, x234), 2)", named.concat(&named, Column));
    let inline: Array<f32, shape![2, 3, 4]> = x.to_array();
    numpy.gives("concatenate((x234, y234), 1)", &inline.concat(y.to_array(), Axis::<1>).to_array());
}
