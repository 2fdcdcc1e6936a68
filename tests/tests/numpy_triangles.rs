//! Triangles of matrices, compared with NumPy's `tril` and `triu`.

use shapewright::{Array, Length, Tensor, dim, prelude::*, shape};
use shapewright_tests::values::Values;

dim!(Row = 3, Column = 4, Steps);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/triangles.txt"))
}

#[test]
fn each_diagonal() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("tril(x34)", x.tril(0));
    numpy.gives("tril(x34, 1)", x.tril(1));
    numpy.gives("tril(x34, 3)", x.tril(3));
    numpy.gives("tril(x34, 9)", x.tril(isize::MAX));
    numpy.gives("tril(x34, -1)", x.tril(-1));
    numpy.gives("tril(x34, -3)", x.tril(-3));
    numpy.gives("tril(x34, -9)", x.tril(isize::MIN));
    numpy.gives("triu(x34)", x.triu(0));
    numpy.gives("triu(x34, 1)", x.triu(1));
    numpy.gives("triu(x34, 4)", x.triu(4));
    numpy.gives("triu(x34, 9)", x.triu(isize::MAX));
    numpy.gives("triu(x34, -1)", x.triu(-1));
    numpy.gives("triu(x34, -9)", x.triu(isize::MIN));
    numpy.gives("tril(x34.T, -1)", x.t().tril(-1));
    numpy.gives("triu(x34.T, 1)", x.t().triu(1));
    let p: Tensor<bool, shape![3, 4]> = numpy.get("p34");
    numpy.gives("tril(p34, 1)", p.tril(1));
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives(
        "tril(broadcast_to(odd(float32), (17, 17)), -3)",
        odd.broadcast_to(shape![17, 17]).tril(-3),
    );
}

#[test]
fn stacks_and_edges() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3, 4]> = numpy.get("x234");
    numpy.gives("tril(x234)", x.tril(0));
    numpy.gives("triu(x234, 1)", x.triu(1));
    let turned = x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>));
    numpy.gives("triu(transpose(x234, (2, 0, 1)))", turned.triu(0));
    let x: Tensor<f32, shape![2, 3, 1, 4]> = numpy.get("x2314");
    numpy.gives("tril(x2314, 1)", x.tril(1));
    numpy.gives("triu(x2314, 1)", x.triu(1));
    let column: Tensor<f32, shape![3, 1]> = numpy.get("x31");
    numpy.gives("tril(x31, -1)", column.tril(-1));
    numpy.gives("triu(x31)", column.triu(0));
    let dots: Tensor<f32, shape![5, 1, 1]> = numpy.get("x511");
    numpy.gives("tril(x511, -1)", dots.tril(-1));
    numpy.gives("tril(x511)", dots.tril(0));
    let dots: Tensor<f32, shape![5, { 1 }, { 1 }]> = numpy.get("x511");
    numpy.gives("triu(x511, 1)", dots.triu(1));
    numpy.gives("tril(zeros((0, 3), float32))", Tensor::<f32, shape![0, 3]>::zeros().tril(0));
    numpy.gives("tril(zeros((3, 0), float32))", Tensor::<f32, shape![3, 0]>::zeros().tril(0));
    numpy.gives("tril(zeros((0, 3, 3), float32))", Tensor::<f32, shape![0, 3, 3]>::zeros().tril(0));
}

#[test]
fn of_expressions_and_into_what_exists() {
    fn causal<T: Length>(scores: &Tensor<f32, (T, T)>) -> Tensor<f32, (T, T)> {
        scores.tril(0).to_tensor()
    }
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("tril(x34 * 2)", (&x * 2.0).tril(0));
    numpy.gives("tril(x34) * 2", x.tril(0) * 2.0);
    numpy.gives("tril(x34, 1).max(axis=0)", x.tril(1).max_axis(Axis::<0>));
    numpy.gives("tril(triu(x34, -1), 1)", x.triu(-1).tril(1));
    numpy
        .gives("tril(x34[::-1, ::2])", x.flip(Axis::<0>).slice(Axis::<1>, Span::<0, 2, 2>).tril(0));
    let inline: Array<f32, shape![3, 4]> = x.to_array();
    numpy.gives("tril(x34)", &inline.tril(0).to_array());
    let mut all = Tensor::<f32, shape![3, 8]>::full(8.0);
    all.slice_mut(Axis::<1>, Span::<0, 4, 2>).assign(x.tril(0));
    numpy.gives("tril(x34)", all.slice(Axis::<1>, Span::<0, 4, 2>));
    assert!(all.slice(Axis::<1>, Span::<1, 4, 2>).equal(8.0).all());
    let square: Tensor<f32, shape![4, 4]> = numpy.get("x44");
    numpy.gives("tril(x44)", &causal(&square));
    let steps: Tensor<f32, shape![?Steps, ?Steps]> = square.rename();
    numpy.gives("tril(x44)", &causal(&steps));
    let named: Tensor<f32, shape![Row, Column]> = numpy.get("x34");
    let upper: Tensor<f32, shape![Row, Column]> = named.triu(0).to_tensor();
    numpy.gives("triu(x34)", &upper);
}
