//! Tensors joined along a new axis, compared with NumPy's `stack`.

use shapewright::{Array, Dim, Dyn, Length, Tensor, dim, prelude::*, shape, stack};
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Batch);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/stacking.txt"))
}

type Matrix = Tensor<f32, shape![3, 4]>;

#[test]
fn two() {
    let numpy = numpy();
    let (x, y): (Matrix, Matrix) = (numpy.get("x34"), numpy.get("y34"));
    numpy.gives("stack((x34, y34))", x.stack(&y, Axis::<0>));
    numpy.gives("stack((x34, y34), 1)", x.stack(&y, Axis::<1>));
    numpy.gives("stack((x34, y34), 2)", x.stack(&y, Axis::<2>));
    numpy.gives("stack((x34, y34), 2)", x.stack(&y, Axis::<-1>));
    numpy.gives("stack((x34, y34))", x.stack(&y, Axis::<-3>));
    numpy.gives("stack((x34, y34), 1)", x.stack(y.clone(), Axis::<-2>));
    let (a, b): (Tensor<f32, ()>, Tensor<f32, ()>) = (numpy.get("x"), numpy.get("y"));
    numpy.gives("stack((x, y))", a.stack(&b, Axis::<0>));
    numpy.gives("stack((x, float32(7)))", a.stack(7.0, Axis::<0>));
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("stack((x31, x31), 1)", column.stack(&column, Axis::<1>));
    let none = Tensor::<f32, shape![0, 4]>::zeros();
    numpy.gives("stack((zeros((0, 4), float32),) * 2, 1)", none.stack(&none, Axis::<1>));
    let (p, q): (Tensor<bool, shape![3, 4]>, Tensor<bool, shape![3, 4]>) =
        (numpy.get("p34"), numpy.get("q34"));
    numpy.gives("stack((p34, q34), -1)", p.stack(&q, Axis::<-1>));
}

#[test]
fn of_expressions_and_strided_operands() {
    let numpy = numpy();
    let (x, y): (Matrix, Matrix) = (numpy.get("x34"), numpy.get("y34"));
    numpy.gives("stack((x34 * 2, y34), 1)", (&x * 2.0).stack(&y, Axis::<1>));
    numpy.gives("stack((x34.T, y34.T * 2), 2)", x.t().stack(y.t() * 2.0, Axis::<2>));
    numpy.gives("stack((x34, y34), 1) * 2", x.stack(&y, Axis::<1>) * 2.0);
    numpy.gives("stack((x34, y34), 1).max(axis=1)", x.stack(&y, Axis::<1>).max_axis(Axis::<1>));
    numpy.gives("stack((x34[::-1], y34), 0)", x.flip(Axis::<0>).stack(&y, Axis::<0>));
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives(
        "stack((broadcast_to(x4, (3, 4)), x34), 2)",
        row.broadcast_to(shape![3, 4]).stack(&x, Axis::<2>),
    );
    numpy.gives("stack((x34.max(axis=0), y34.min(axis=0)))", {
        x.max_axis(Axis::<0>).stack(y.min_axis(Axis::<0>), Axis::<0>)
    });
    numpy.gives("stack((stack((x34, y34)), stack((y34, x34))), 1)", {
        x.stack(&y, Axis::<0>).stack(y.stack(&x, Axis::<0>), Axis::<1>)
    });
    let inline: Array<f32, shape![3, 4]> = x.to_array();
    numpy.gives("stack((x34, y34), 1)", &inline.stack(y.to_array(), Axis::<1>).to_array());
    // Written to an existing tensor, and to a part of one.
    let mut all = Tensor::<f32, shape![3, 2, 8]>::zeros();
    all.slice_mut(Axis::<2>, Span::<0, 4, 2>).assign(x.stack(&y, Axis::<1>));
    numpy.gives("stack((x34, y34), 1)", all.slice(Axis::<2>, Span::<0, 4, 2>));
}

#[test]
fn several() {
    let numpy = numpy();
    let (x, y, z): (Matrix, Matrix, Matrix) =
        (numpy.get("x34"), numpy.get("y34"), numpy.get("z34"));
    let three: Tensor<f32, shape![3, 3, 4]> = stack([&x, &y, &z], Axis::<0>).to_tensor();
    numpy.gives("stack((x34, y34, z34))", &three);
    numpy.gives("stack((x34, y34, z34), 1)", stack([&x, &y, &z], Axis::<1>));
    numpy.gives("stack((x34, y34, z34), 2)", stack([&x, &y, &z], Axis::<-1>));
    numpy.gives("stack((x34,), 1)", stack([&x], Axis::<1>));
    numpy.gives("stack((x34, y34, x34, z34, y34), 2)", stack([&x, &y, &x, &z, &y], Axis::<2>));
    numpy.gives("stack((x34 * 2, y34 * 2))", stack([&x * 2.0, &y * 2.0], Axis::<0>));
    numpy.gives("stack((x34.max(axis=1), y34.max(axis=1), z34.max(axis=1)), 1)", {
        stack([x.max_axis(Axis::<1>), y.max_axis(Axis::<1>), z.max_axis(Axis::<1>)], Axis::<1>)
    });
    numpy.gives("stack((x34, y34, z34), 1) + x4", {
        let row: Tensor<f32, shape![4]> = numpy.get("x4");
        stack([&x, &y, &z], Axis::<1>) + row
    });
}

#[test]
fn lengths_that_are_named_generic_or_known_at_run_time() {
    fn both<N: Length, C: Length>(
        a: &Tensor<f32, (N, C)>,
        b: &Tensor<f32, (N, C)>,
    ) -> Tensor<f32, (N, Dim<2>, C)> {
        a.stack(b, Axis::<1>).to_tensor()
    }
    fn all<N: Length, C: Length>(parts: [&Tensor<f32, (N, C)>; 3]) -> Tensor<f32, (Dim<3>, N, C)> {
        stack(parts, Axis::<0>).to_tensor()
    }
    let numpy = numpy();
    let (x, y): (Matrix, Matrix) = (numpy.get("x34"), numpy.get("y34"));
    numpy.gives("stack((x34, y34), 1)", &both(&x, &y));
    numpy.gives("stack((x34, y34, x34))", &all([&x, &y, &x]));
    let named: Tensor<f32, shape![Row, Column]> = x.clone().rename();
    let pair: Tensor<f32, shape![Row, 2, Column]> = named.stack(&named, Axis::<1>).to_tensor();
    numpy.gives("stack((x34, x34), 1)", &pair);
    let (a, b): (Tensor<f32, shape![?Batch, ?]>, Tensor<f32, shape![?Batch, ?]>) =
        (x.clone().rename(), y.clone().rename());
    let stacked = a.stack(&b, Axis::<2>);
    let (rows, columns, two) = stacked.shape();
    let columns: Dyn = columns;
    assert_eq!((rows, columns, two), (Batch.of(3), Dyn::of(4), Dim::<2>));
    numpy.gives("stack((x34, y34), 2)", stacked);
    numpy.gives("stack((x34, y34, x34))", &all([&a, &b, &a]));
}
