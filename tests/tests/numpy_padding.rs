//! Padding with a constant value, compared with NumPy's `pad`.

use shapewright::{Array, Dim, Dyn, Length, Tensor, dim, prelude::*, shape};
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Steps, Longer = 7);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/padding.txt"))
}

type Cube = Tensor<f32, shape![2, 3, 4]>;

#[test]
fn one_axis() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("pad(x234, ((1, 2), (0, 0), (0, 0)))", x.pad(Axis::<0>, Pad::<1, 2>, 0.0));
    numpy.gives(
        "pad(x234, ((0, 0), (2, 0), (0, 0)), constant_values=7)",
        x.pad(Axis::<1>, Pad::<2, 0>, 7.0),
    );
    numpy.gives(
        "pad(x234, ((0, 0), (0, 0), (0, 3)), constant_values=-1)",
        x.pad(Axis::<2>, Pad::<0, 3>, -1.0),
    );
    numpy.gives(
        "pad(x234, ((0, 0), (0, 0), (1, 1)), constant_values=nan)",
        x.pad(Axis::<-1>, Pad::<1, 1>, f32::NAN),
    );
    numpy.gives("x234", x.pad(Axis::<1>, Pad::<0, 0>, 7.0));
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives("pad(x4, (20, 1))", row.pad(Axis::<0>, Pad::<20, 1>, 0.0));
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("pad(x31, ((0, 0), (1, 1)))", column.pad(Axis::<1>, Pad::<1, 1>, 0.0));
    numpy.gives("pad(x31, ((1, 1), (0, 0)))", column.pad(Axis::<0>, Pad::<1, 1>, 0.0));
    let none = Tensor::<f32, shape![3, 0]>::zeros();
    numpy.gives("pad(zeros((3, 0), float32), ((0, 0), (1, 2)), constant_values=5)", {
        none.pad(Axis::<1>, Pad::<1, 2>, 5.0)
    });
    numpy.gives(
        "pad(zeros((3, 0), float32), ((1, 1), (0, 0)))",
        none.pad(Axis::<0>, Pad::<1, 1>, 5.0),
    );
    let p: Tensor<bool, shape![3, 4]> = numpy.get("p34");
    numpy.gives(
        "pad(p34, ((1, 0), (0, 0)), constant_values=True)",
        p.pad(Axis::<0>, Pad::<1, 0>, true),
    );
    let u: Tensor<u8, shape![3, 4]> = numpy.get("u34");
    numpy.gives("pad(u34, ((0, 0), (2, 1)), constant_values=9)", u.pad(Axis::<1>, Pad::<2, 1>, 9));
}

#[test]
fn several_axes() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("pad(x234, ((1, 2), (1, 2), (0, 0)), constant_values=7)", {
        x.pad((Axis::<0>, Axis::<1>), Pad::<1, 2>, 7.0)
    });
    numpy.gives(
        "pad(x234, ((0, 0), (1, 1), (1, 1)))",
        x.pad((Axis::<-1>, Axis::<1>), Pad::<1, 1>, 0.0),
    );
    numpy.gives("pad(x234, 2, constant_values=3)", {
        x.pad((Axis::<0>, Axis::<1>, Axis::<2>), Pad::<2, 2>, 3.0)
    });
    let named: Tensor<f32, shape![2, Row, Column]> = numpy.get("x234");
    let none = Tensor::<f32, shape![3, 0]>::zeros();
    numpy.gives("pad(x234, ((0, 0), (1, 1), (1, 1)))", named.pad((Row, Column), Pad::<1, 1>, 0.0));
    numpy.gives("pad(zeros((3, 0), float32), ((1, 2), (1, 2)), constant_values=5)", {
        none.pad((Axis::<0>, Axis::<1>), Pad::<1, 2>, 5.0)
    });
}

#[test]
fn of_strided_operands_and_of_expressions() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives(
        "pad(x234 * 2, ((0, 0), (0, 0), (1, 2)))",
        (&x * 2.0).pad(Axis::<2>, Pad::<1, 2>, 0.0),
    );
    numpy
        .gives("pad(x234, ((0, 0), (0, 0), (1, 2))) * 2", x.pad(Axis::<2>, Pad::<1, 2>, 0.0) * 2.0);
    numpy.gives("pad(transpose(x234), ((1, 0), (0, 0), (0, 0)))", {
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).pad(Axis::<0>, Pad::<1, 0>, 0.0)
    });
    numpy.gives("transpose(pad(x234, ((0, 0), (0, 0), (1, 0))))", {
        x.pad(Axis::<2>, Pad::<1, 0>, 0.0).permute_dims((Axis::<2>, Axis::<1>, Axis::<0>))
    });
    numpy.gives("pad(x234[:, ::-1, ::2], ((0, 0), (1, 0), (0, 0)))", {
        x.flip(Axis::<1>).slice(Axis::<2>, Span::<0, 2, 2>).pad(Axis::<1>, Pad::<1, 0>, 0.0)
    });
    numpy.gives("pad(x234, ((0, 0), (1, 1), (1, 1))).max(axis=1)", {
        x.pad((Axis::<1>, Axis::<2>), Pad::<1, 1>, 0.0).max_axis(Axis::<1>)
    });
    numpy.gives(
        "pad(x234.max(axis=0), ((0, 0), (1, 1)))",
        x.max_axis(Axis::<0>).pad(Axis::<1>, Pad::<1, 1>, 0.0),
    );
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives("pad(broadcast_to(x4, (3, 4)), ((1, 0), (0, 1)))", {
        row.broadcast_to(shape![3, 4]).pad(Axis::<0>, Pad::<1, 0>, 0.0).pad(
            Axis::<1>,
            Pad::<0, 1>,
            0.0,
        )
    });
    let inline: Array<f32, shape![2, 3, 4]> = x.to_array();
    numpy.gives(
        "pad(x234, ((0, 0), (0, 0), (1, 2)))",
        &inline.pad(Axis::<2>, Pad::<1, 2>, 0.0).to_array(),
    );
    let mut all = Tensor::<f32, shape![2, 3, 14]>::full(8.0);
    all.slice_mut(Axis::<2>, Span::<0, 7, 2>).assign(x.pad(Axis::<2>, Pad::<1, 2>, 0.0));
    numpy.gives("pad(x234, ((0, 0), (0, 0), (1, 2)))", all.slice(Axis::<2>, Span::<0, 7, 2>));
    assert!(all.slice(Axis::<2>, Span::<1, 7, 2>).equal(8.0).all());
}

#[test]
fn lengths_that_are_named_generic_or_known_at_run_time() {
    fn with_a_bias<N: Length, C: Length, D: Length>(
        x: &Tensor<f32, (N, C)>,
        longer: D,
    ) -> Tensor<f32, (N, D)> {
        x.pad_to(Axis::<1>, Pad::<1, 0>, 1.0, longer).to_tensor()
    }
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("pad(x34, ((0, 0), (1, 0)), constant_values=1)", &with_a_bias(&x, Dim::<5>));
    numpy.gives("pad(x34, ((0, 0), (1, 0)), constant_values=1)", &with_a_bias(&x, Dyn::of(5)));
    let steps: Tensor<f32, shape![?Steps, 4]> = x.clone().rename();
    numpy.gives("pad(x34, ((0, 0), (1, 0)), constant_values=1)", &with_a_bias(&steps, Dim::<5>));
    let padded = steps.pad(Steps, Pad::<2, 2>, 0.0);
    let (longer, columns) = padded.shape();
    let longer: Dyn = longer;
    assert_eq!((longer, columns), (Dyn::of(7), Dim::<4>));
    numpy.gives("pad(x34, ((2, 2), (0, 0)))", padded);
    let named: Tensor<f32, (Longer, Dim<4>)> =
        steps.pad_to(Steps, Pad::<2, 2>, 0.0, Longer).to_tensor();
    numpy.gives("pad(x34, ((2, 2), (0, 0)))", &named);
    numpy.gives("pad(x34, 1)", steps.pad((Steps, Axis::<1>), Pad::<1, 1>, 0.0));
}
