//! Windows along an axis, compared with NumPy's `sliding_window_view`.

use shapewright::{Array, Dim, Dyn, Tensor, dim, prelude::*, shape};
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Steps);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/windows.txt"))
}

type Cube = Tensor<f32, shape![2, 3, 4]>;

#[test]
fn windows() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("windows(x234, 2, 0)", x.windows(Axis::<0>, Window::<2>));
    numpy.gives("windows(x234, 2, 1)", x.windows(Axis::<1>, Window::<2>));
    numpy.gives("windows(x234, 3, 1)", x.windows(Axis::<-2>, Window::<3>));
    numpy.gives("windows(x234, 2, 2)", x.windows(Axis::<2>, Window::<2>));
    numpy.gives("windows(x234, 1, 2)", x.windows(Axis::<2>, Window::<1>));
    numpy.gives("windows(x234, 4, 2)", x.windows(Axis::<-1>, Window::<4>));
    let named: Tensor<f32, shape![2, Row, Column]> = numpy.get("x234");
    numpy.gives("windows(x234, 3, 2)", named.windows(Column, Window::<3>));
    let kept: Tensor<f32, shape![2, Row, Column, 1]> =
        named.windows(Row, Window::<1>).to_tensor().rename::<shape![2, Row, Column, 1]>();
    numpy.gives("windows(x234, 1, 1)", &kept);
}

#[test]
fn strides_and_dilations() {
    let numpy = numpy();
    let x: Tensor<f32, shape![9]> = numpy.get("x9");
    numpy.gives("windows(x9, 3)[::2]", x.windows(Axis::<0>, Window::<3, 2>));
    numpy.gives("windows(x9, 3)[::3]", x.windows(Axis::<0>, Window::<3, 3>));
    numpy.gives("windows(x9, 2)[::3]", x.windows(Axis::<0>, Window::<2, 3>));
    numpy.gives("windows(x9, 4)[::4]", x.windows(Axis::<0>, Window::<4, 4>));
    numpy.gives("windows(x9, 9)[::5]", x.windows(Axis::<0>, Window::<9, 5>));
    numpy.gives("windows(x9, 5)[:, ::2]", x.windows(Axis::<0>, Window::<3, 1, 2>));
    numpy.gives("windows(x9, 9)[:, ::4]", x.windows(Axis::<0>, Window::<3, 1, 4>));
    numpy.gives("windows(x9, 7)[::2, ::3]", x.windows(Axis::<0>, Window::<3, 2, 3>));
    let x: Tensor<f32, shape![5, 6]> = numpy.get("x56");
    numpy.gives("windows(x56, 3, 0)[::2]", x.windows(Axis::<0>, Window::<3, 2>));
    numpy.gives("windows(x56, 3, 1)[:, ::3]", x.windows(Axis::<1>, Window::<3, 3>));
    numpy.gives("windows(x56, 3, 0)[:, :, ::2]", x.windows(Axis::<0>, Window::<2, 1, 2>));
    numpy.gives(
        "windows(x56, (2, 3), (0, 1))",
        x.windows(Axis::<0>, Window::<2>).windows(Axis::<1>, Window::<3>),
    );
    numpy.gives(
        "windows(x56, (2, 2), (0, 1))[::2, ::2].max(axis=(2, 3))",
        x.windows(Axis::<0>, Window::<2, 2>)
            .windows(Axis::<1>, Window::<2, 2>)
            .max_axis((Axis::<2>, Axis::<3>)),
    );
}

#[test]
fn of_strided_operands_and_of_expressions() {
    let numpy = numpy();
    let x: Tensor<f32, shape![5, 6]> = numpy.get("x56");
    numpy.gives("windows(x56.T, 2, 0)", x.t().windows(Axis::<0>, Window::<2>));
    numpy.gives("windows(x56[::-1], 2, 0)", x.flip(Axis::<0>).windows(Axis::<0>, Window::<2>));
    numpy.gives(
        "windows(x56[:, ::2], 2, 1)",
        x.slice(Axis::<1>, Span::<0, 3, 2>).windows(Axis::<1>, Window::<2>),
    );
    numpy.gives("windows(x56 * 2, 2, 0)", (&x * 2.0).windows(Axis::<0>, Window::<2>));
    numpy.gives("windows(x56, 2, 0) * 2", x.windows(Axis::<0>, Window::<2>) * 2.0);
    numpy.gives(
        "windows(x56.max(axis=0), 3)",
        x.max_axis(Axis::<0>).windows(Axis::<0>, Window::<3>),
    );
    numpy.gives("windows(x56, 2, 0).transpose(2, 0, 1)", {
        x.windows(Axis::<0>, Window::<2>).permute_dims((Axis::<2>, Axis::<0>, Axis::<1>))
    });
    numpy.gives(
        "windows(x56, 3, 1).max(axis=2)",
        x.windows(Axis::<1>, Window::<3>).max_axis(Axis::<2>),
    );
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives(
        "windows(broadcast_to(x4, (3, 4)), 2, 0)",
        row.broadcast_to(shape![3, 4]).windows(Axis::<0>, Window::<2>),
    );
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("windows(x31, 1, 1)", column.windows(Axis::<1>, Window::<1>));
    numpy.gives(
        "windows(x31, 1, 1).squeeze(2) + x31",
        column.windows(Axis::<1>, Window::<1>).squeeze(Axis::<2>) + &column,
    );
    let view = x.windows(Axis::<0>, Window::<4>).view();
    numpy.gives("windows(x56, 4, 0)", &view);
    assert_eq!(view[[1, 2, 3]], x[[4, 2]]);
    let inline: Array<f32, shape![5, 6]> = x.to_array();
    numpy.gives("windows(x56, 4, 0)", inline.windows(Axis::<0>, Window::<4>));
    let none = Tensor::<f32, shape![3, 0]>::zeros();
    numpy.gives("windows(zeros((3, 0), float32), 2, 0)", none.windows(Axis::<0>, Window::<2>));
}

#[test]
fn lengths_that_are_named_or_known_at_run_time() {
    let numpy = numpy();
    let x: Tensor<f32, shape![5, 6]> = numpy.get("x56");
    numpy.gives("windows(x56, 2, 0)", x.windows_to(Axis::<0>, Window::<2>, Dim::<4>));
    let steps: Tensor<f32, shape![?Steps, 6]> = x.clone().rename();
    let windows = steps.windows(Steps, Window::<2>);
    let (count, columns, len) = windows.shape();
    let count: Dyn = count;
    assert_eq!((count, columns, len), (Dyn::of(4), Dim::<6>, Dim::<2>));
    numpy.gives("windows(x56, 2, 0)", windows);
    numpy.gives("windows(x56, 5, 0)", steps.windows(Steps, Window::<5>));
    numpy.gives("windows(x56, 3, 0)[::2]", steps.windows(Axis::<0>, Window::<3, 2>));
    numpy.gives("windows(x56, 2, 0)", steps.windows_to(Steps, Window::<2>, Dim::<4>));
    numpy.gives("windows(x56, 2, 0)", steps.windows_to(Steps, Window::<2>, Dyn::of(4)));
    numpy.gives("windows(x56, 2, 1)", steps.windows(Axis::<1>, Window::<2>));
    // As many windows as elements: the name is kept.
    let one: Tensor<f32, shape![?Steps, 6, 1]> =
        steps.windows(Steps, Window::<1>).to_tensor().rename();
    numpy.gives("windows(x56, 1, 0)", &one);
}
