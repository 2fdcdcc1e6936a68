//! Running sums and products, compared with NumPy's `cumsum` and `cumprod`: bit for bit, as both
//! add one element after another.

use shapewright::{Array, Length, Numeric, Shape, Tensor, dim, prelude::*, shape};
use shapewright_tests::same::{Value, assert_same};
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Steps);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/cumulative.txt"))
}

type Cube = Tensor<f32, shape![2, 3, 4]>;

#[test]
fn along_each_axis() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives("cumsum(x234, 0)", x.cumsum(Axis::<0>));
    numpy.gives("cumsum(x234, 1)", x.cumsum(Axis::<1>));
    numpy.gives("cumsum(x234, 2)", x.cumsum(Axis::<2>));
    numpy.gives("cumprod(x234, 0)", x.cumprod(Axis::<-3>));
    numpy.gives("cumprod(x234, 1)", x.cumprod(Axis::<-2>));
    numpy.gives("cumprod(x234, 2)", x.cumprod(Axis::<-1>));
    let named: Tensor<f32, shape![2, Row, Column]> = numpy.get("x234");
    let sums: Tensor<f32, shape![2, Row, Column]> = named.cumsum(Row).to_tensor();
    numpy.gives("cumsum(x234, 1)", &sums);
    let d: Tensor<f64, shape![3, 4]> = numpy.get("d34");
    numpy.gives("cumsum(d34, 0)", d.cumsum(Axis::<0>));
    numpy.gives("cumprod(d34, 1)", d.cumprod(Axis::<1>));
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("cumsum(x31, 0)", column.cumsum(Axis::<0>));
    numpy.gives("cumsum(x31, 1)", column.cumsum(Axis::<1>));
    numpy.gives("cumsum(x5, 0)", numpy.get::<f32, shape![5]>("x5").cumsum(Axis::<0>));
    numpy.gives("zeros((3, 0), float32)", Tensor::<f32, shape![3, 0]>::zeros().cumsum(Axis::<1>));
    numpy.gives("zeros((3, 0), float32)", Tensor::<f32, shape![3, 0]>::zeros().cumprod(Axis::<0>));
    // Integers wrap, in their own type.
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.gives("cumsum(i34, 0, dtype=int32)", i.cumsum(Axis::<0>));
    numpy.gives("cumprod(i34, 1, dtype=int32)", i.cumprod(Axis::<1>));
    let u: Tensor<u8, shape![3, 4]> = numpy.get("u34");
    numpy.gives("cumsum(u34, 1, dtype=uint8)", u.cumsum(Axis::<1>));
    numpy.gives("cumprod(u34, 0, dtype=uint8)", u.cumprod(Axis::<0>));
    // The first element is unchanged, and a NaN stays NaN.
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives("cumsum(odd(float32))", odd.cumsum(Axis::<0>));
    numpy.gives("cumsum(odd(float32)[::-1])", odd.flip(Axis::<0>).cumsum(Axis::<0>));
    numpy.gives(
        "cumsum(array([-0., -0.], float32))",
        shapewright::tensor![-0.0f32, -0.0].cumsum(Axis::<0>),
    );
}

#[test]
fn of_strided_operands_and_of_expressions() {
    let numpy = numpy();
    let x: Cube = numpy.get("x234");
    numpy.gives(
        "cumsum(transpose(x234), 0)",
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).cumsum(Axis::<0>),
    );
    numpy.gives(
        "cumsum(transpose(x234), 2)",
        x.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)).cumsum(Axis::<2>),
    );
    numpy.gives("cumsum(x234[:, ::-1], 1)", x.flip(Axis::<1>).cumsum(Axis::<1>));
    numpy.gives("cumsum(x234[:, ::-1], 2)", x.flip(Axis::<1>).cumsum(Axis::<2>));
    numpy
        .gives("cumsum(x234[:, :, ::2], 0)", x.slice(Axis::<2>, Span::<0, 2, 2>).cumsum(Axis::<0>));
    numpy.gives("cumsum(x234 * 2, 1)", (&x * 2.0).cumsum(Axis::<1>));
    numpy.gives("cumsum(x234 * 2, 2)", (&x * 2.0).cumsum(Axis::<2>));
    numpy.gives("cumsum(x234, 1) * 2", x.cumsum(Axis::<1>) * 2.0);
    numpy.gives("cumsum(x234, 1).max(axis=1)", x.cumsum(Axis::<1>).max_axis(Axis::<1>));
    numpy.gives("cumsum(cumsum(x234, 1), 2)", x.cumsum(Axis::<1>).cumsum(Axis::<2>));
    numpy.gives("cumsum(x234.max(axis=0), 1)", x.max_axis(Axis::<0>).cumsum(Axis::<1>));
    let row: Tensor<f32, shape![4]> = numpy.get("x4");
    numpy.gives(
        "cumsum(broadcast_to(x4, (3, 4)), 0)",
        row.broadcast_to(shape![3, 4]).cumsum(Axis::<0>),
    );
    numpy.gives(
        "cumsum(broadcast_to(x4, (3, 4)), 1)",
        row.broadcast_to(shape![3, 4]).cumsum(Axis::<1>),
    );
    let inline: Array<f32, shape![2, 3, 4]> = x.to_array();
    numpy.gives("cumsum(x234, 2)", &inline.cumsum(Axis::<2>).to_array());
    // Written to a part of an existing tensor, from memory and from a computed operand.
    let mut all = Tensor::<f32, shape![2, 3, 8]>::full(8.0);
    all.slice_mut(Axis::<2>, Span::<0, 4, 2>).assign(x.cumsum(Axis::<1>));
    numpy.gives("cumsum(x234, 1)", all.slice(Axis::<2>, Span::<0, 4, 2>));
    all.slice_mut(Axis::<2>, Span::<0, 4, 2>).assign((&x * 2.0).cumsum(Axis::<2>));
    numpy.gives("cumsum(x234 * 2, 2)", all.slice(Axis::<2>, Span::<0, 4, 2>));
    assert!(all.slice(Axis::<2>, Span::<1, 4, 2>).equal(8.0).all());
    let mut turned = Tensor::<f32, shape![4, 3, 2]>::zeros();
    turned.assign((&x * 2.0).cumsum(Axis::<1>).permute_dims((Axis::<2>, Axis::<1>, Axis::<0>)));
    numpy.gives("transpose(cumsum(x234 * 2, 1))", &turned);
}

#[test]
fn lengths_that_are_generic_or_known_at_run_time() {
    fn sums<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (N, C)> {
        x.cumsum(Axis::<0>).to_tensor()
    }
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("cumsum(x34, 0)", &sums(&x));
    let steps: Tensor<f32, shape![?Steps, 4]> = x.clone().rename();
    numpy.gives("cumsum(x34, 0)", &sums(&steps));
    numpy.gives("cumsum(x34, 0)", steps.cumsum(Steps));
    numpy.gives("cumprod(x34, 1)", steps.cumprod(Axis::<1>));
}

/// Larger tensors, for each loop structure, compared with a plain loop.
#[test]
fn of_many_elements() {
    fn check<T: Numeric + Value>(of: impl Fn(usize) -> T) {
        type Three = shape![7, 13, 33];
        let x = Tensor::<T, Three>::from_fn(|[i, j, k]| of((i * 13 + j) * 33 + k));
        let expected = |axis: usize| {
            let mut sums = x.clone();
            for index in 0..x.len() {
                let at = [index / (13 * 33), index / 33 % 13, index % 33];
                if at[axis] > 0 {
                    let mut before = at;
                    before[axis] -= 1;
                    sums[at] = sums[before].plus(x[at]);
                }
            }
            sums
        };
        let same = |found: &Tensor<T, Three>, axis: usize| {
            assert_same(
                (&[7, 13, 33], found.as_slice()),
                (&[7, 13, 33], expected(axis).as_slice()),
                &format!("axis {axis}"),
            );
        };
        same(&x.cumsum(Axis::<0>).to_tensor(), 0);
        same(&x.cumsum(Axis::<1>).to_tensor(), 1);
        same(&x.cumsum(Axis::<2>).to_tensor(), 2);
        let once = x.map(|x| x);
        same(&once.cumsum(Axis::<0>).to_tensor(), 0);
        same(&once.cumsum(Axis::<1>).to_tensor(), 1);
        same(&once.cumsum(Axis::<2>).to_tensor(), 2);
        let turned = x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).to_tensor();
        let back = turned.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>));
        assert_eq!(back.shape().lengths(), [7, 13, 33]);
        same(&back.cumsum(Axis::<0>).to_tensor(), 0);
        same(&back.cumsum(Axis::<1>).to_tensor(), 1);
        same(&back.cumsum(Axis::<2>).to_tensor(), 2);
    }
    check(|k| (k as f32 * 0.37).sin() * 1e3);
    check(|k| (k as f64 * 0.37).sin() * 1e3);
    check(|k| (k as i32).wrapping_mul(1_664_525));
    check(|k| (k as u8).wrapping_mul(77));
}
