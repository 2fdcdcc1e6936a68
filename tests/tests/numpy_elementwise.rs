//! Functions of each element, comparisons and choices, compared with NumPy's: bit for bit, `exp`
//! and `ln` within 1 ULP of the exact value.

use shapewright::{Tensor, array, prelude::*, shape, tensor};
use shapewright_tests::same::{Ulps, Value};
use shapewright_tests::values::Values;

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/elementwise.txt"))
}

#[test]
fn functions_of_one_element() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("abs(x34)", x.abs());
    numpy.gives("sqrt(x34)", x.sqrt());
    numpy.gives("square(x34)", x.square());
    numpy.gives("sqrt(abs(x34) + 1.5)", (x.abs() + 1.5).sqrt());
    let d: Tensor<f64, shape![3, 4]> = numpy.get("d34");
    numpy.gives("abs(d34)", d.abs());
    numpy.gives("sqrt(d34)", d.sqrt());
    numpy.gives("square(d34)", d.square());
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives("abs(odd(float32))", odd.abs());
    numpy.gives("sqrt(odd(float32))", odd.sqrt());
    numpy.gives("square(odd(float32))", odd.square());
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.gives("abs(odd(float64))", odd.abs());
    numpy.gives("sqrt(odd(float64))", odd.sqrt());
    numpy.gives("square(odd(float64))", odd.square());
    let i: Tensor<i8, shape![9]> = numpy.get("extremes(int8)");
    numpy.gives("abs(extremes(int8))", i.abs());
    numpy.gives("square(extremes(int8))", i.square());
    let u: Tensor<u8, shape![7]> = numpy.get("extremes(uint8)");
    numpy.gives("square(extremes(uint8))", u.square());
}

#[test]
fn kinds_of_floats() {
    let numpy = numpy();
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives("isnan(odd(float32))", odd.is_nan());
    numpy.gives("isfinite(odd(float32))", odd.is_finite());
    numpy.gives("isinf(odd(float32))", odd.is_infinite());
    numpy.gives("isfinite(odd(float32) * 2)[::-2]", {
        (&odd * 2.0).slice(Axis::<0>, Span::<-1, 9, -2>).is_finite()
    });
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.gives("isnan(odd(float64))", odd.is_nan());
    numpy.gives("isfinite(odd(float64))", odd.is_finite());
    numpy.gives("isinf(odd(float64))", odd.is_infinite());
    numpy.gives("isnan(zeros((0, 3), float32))", Tensor::<f32, shape![0, 3]>::zeros().is_nan());
}

/// Every pair of special numbers, and ordinary ones.
#[test]
fn powers_of_two_operands() {
    let numpy = numpy();
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.within(
        1,
        "power(odd(float32).astype(float64)[:, newaxis], odd(float32)).astype(float32)",
        odd.expand_dims(Axis::<1>).stretch().pow(&odd),
    );
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.within(1, "power(odd(float64)[:, newaxis], odd(float64))", {
        odd.expand_dims(Axis::<1>).stretch().pow(&odd)
    });
    let (x, y): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![4]>) =
        (numpy.get("x34"), numpy.get("y4"));
    numpy.within(1, "power(abs(x34).astype(float64), y4).astype(float32)", x.abs().pow(&y));
    numpy.within(1, "power(y4.astype(float64), x34).astype(float32)", y.pow(&x));
    numpy.within(1, "power(abs(x34).astype(float64), 2.5).astype(float32)", x.abs().pow(2.5));
    let (d, e): (Tensor<f64, shape![3, 4]>, Tensor<f64, shape![3, 4]>) =
        (numpy.get("d34"), numpy.get("e34"));
    numpy.within(1, "power(abs(d34), e34)", d.abs().pow(&e));
}

/// The square root is correctly rounded, for numbers of every magnitude, including subnormal ones.
#[test]
fn square_roots() {
    let numpy = numpy();
    let x: Tensor<f32, shape![150]> = numpy.get("abs(spread(float32, -149, 127))");
    numpy.gives("sqrt(abs(spread(float32, -149, 127)))", x.sqrt());
}

#[test]
fn exponentials() {
    let numpy = numpy();
    let x: Tensor<f32, shape![150]> = numpy.get("spread(float32, -30, 7)");
    numpy.within(1, "exp(spread(float32, -30, 7))", x.exp());
    let x: Tensor<f64, shape![150]> = numpy.get("spread(float64, -60, 10)");
    numpy.within(1, "exp(spread(float64, -60, 10))", x.exp());
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.within(1, "exp(odd(float32))", odd.exp());
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.within(1, "exp(odd(float64))", odd.exp());
}

#[test]
fn logarithms() {
    let numpy = numpy();
    let x: Tensor<f32, shape![150]> = numpy.get("abs(spread(float32, -149, 127))");
    numpy.within(1, "log(abs(spread(float32, -149, 127)))", x.ln());
    let x: Tensor<f64, shape![150]> = numpy.get("abs(spread(float64, -1070, 1023))");
    numpy.within(1, "log(abs(spread(float64, -1070, 1023)))", x.ln());
    // Near 1, where the logarithm is near 0.
    let x: Tensor<f64, shape![150]> = numpy.get("1 + spread(float64, -50, -1)");
    numpy.within(1, "log(1 + spread(float64, -50, -1))", x.ln());
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.within(1, "log(odd(float32))", odd.ln());
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.within(1, "log(odd(float64))", odd.ln());
}

/// Many values of f32, compared with those of f64 rounded. They are taken at equal distances from
/// all bit patterns.
#[test]
fn exponentials_and_logarithms_of_many_f32() {
    const STEP: usize = 8191;
    let all = Tensor::<u32, shape![{ (1 << 32) / STEP }]>::from_fn(|[k]| (k * STEP) as u32);
    let x = all.map(f32::from_bits).to_tensor();
    let (exp, ln) = (x.exp().to_tensor(), x.ln().to_tensor());
    for ((&x, &exp), &ln) in x.as_slice().iter().zip(exp.as_slice()).zip(ln.as_slice()) {
        assert!(exp.ulps(f64::from(x).exp() as f32) <= 1);
        assert!(ln.ulps(f64::from(x).ln() as f32) <= 1);
    }
}

#[test]
fn minima_and_maxima() {
    let numpy = numpy();
    let (x, row): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![4]>) =
        (numpy.get("x34"), numpy.get("x4"));
    numpy.gives("minimum(x34, x4)", x.minimum(&row));
    numpy.gives("maximum(x4, x34)", row.maximum(&x));
    numpy.gives("maximum(x34, float32(0.0))", x.maximum(0.0));
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives(
        "minimum(odd(float32)[:, None], odd(float32))",
        odd.expand_dims(Axis::<1>).stretch().minimum(&odd),
    );
    numpy.gives(
        "maximum(odd(float32)[:, None], odd(float32))",
        odd.expand_dims(Axis::<1>).stretch().maximum(&odd),
    );
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    numpy.gives(
        "minimum(odd(float64)[:, None], odd(float64))",
        odd.expand_dims(Axis::<1>).stretch().minimum(&odd),
    );
    numpy.gives(
        "maximum(odd(float64)[:, None], odd(float64))",
        odd.expand_dims(Axis::<1>).stretch().maximum(&odd),
    );
    let i: Tensor<i8, shape![9]> = numpy.get("extremes(int8)");
    numpy.gives(
        "minimum(extremes(int8)[:, None], extremes(int8))",
        i.expand_dims(Axis::<1>).stretch().minimum(&i),
    );
    numpy.gives(
        "maximum(extremes(int8)[:, None], extremes(int8))",
        i.expand_dims(Axis::<1>).stretch().maximum(&i),
    );
    let u: Tensor<u64, shape![7]> = numpy.get("extremes(uint64)");
    numpy.gives(
        "maximum(extremes(uint64)[:, None], extremes(uint64))",
        u.expand_dims(Axis::<1>).stretch().maximum(&u),
    );
}

/// When one of two zeros is chosen, -0.0 < +0.0, whichever comes first.
#[test]
fn signed_zeros() {
    let zeros = tensor![0.0f32, -0.0];
    let both = zeros.expand_dims(Axis::<1>);
    assert!(
        both.stretch().minimum(&zeros).map(f32::is_sign_negative).to_tensor()
            == tensor![[false, true], [true, true]]
    );
    assert!(
        both.stretch().maximum(&zeros).map(f32::is_sign_negative).to_tensor()
            == tensor![[false, false], [false, true]]
    );
    assert!(tensor![0.0f32, -0.0].min().is_sign_negative());
    assert!(tensor![-0.0f32, 0.0].max().is_sign_positive());
}

#[test]
fn clipping() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let (row, column): (Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x4"), numpy.get("x31"));
    numpy.gives("clip(x34, -0.5, 0.5)", x.clip(-0.5, 0.5));
    numpy.gives("clip(x34, x4, x4 + 1.0)", x.clip(&row, &row + 1.0));
    numpy.gives("clip(x34, x4, x31)", x.clip(&row, &column));
    numpy.gives("clip(x4, x34, 0.5)", row.clip(&x, 0.5));
    numpy.gives("clip(x4, -0.5, x34)", row.clip(-0.5, &x));
    numpy.gives("clip(x31, x34, x4)", column.clip(&x, row.clone()));
    // Limits in the wrong order, and limits that are NaN.
    numpy.gives("clip(x34, 0.5, -0.5)", x.clip(0.5, -0.5));
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    numpy.gives("clip(odd(float32), -1.0, 1.0)", odd.clip(-1.0, 1.0));
    numpy.gives("clip(float32(1.0), odd(float32), 2.0)", Tensor::<f32, ()>::ones().clip(&odd, 2.0));
    numpy.gives("clip(float32(1.0), 0.5, odd(float32))", Tensor::<f32, ()>::ones().clip(0.5, &odd));
    // Both bounds special: NaN from any side, and the upper bound where the lower one is above it.
    numpy.gives(
        "clip(float32(0.5), odd(float32)[:, None], odd(float32))",
        Tensor::<f32, ()>::full(0.5).stretch().clip(odd.expand_dims(Axis::<1>), &odd),
    );
    numpy.gives("clip(odd(float32), nan, nan)", odd.clip(f32::NAN, f32::NAN));
    numpy.gives("clip(odd(float32), inf, -inf)", odd.clip(f32::INFINITY, f32::NEG_INFINITY));
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    numpy.gives("clip(i34, -1000, 1000)", i.clip(-1000, 1000));
    numpy.gives("clip(i34, 1000, -1000)", i.clip(1000, -1000));
}

#[test]
fn comparisons() {
    let numpy = numpy();
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    let rows = odd.expand_dims(Axis::<1>);
    numpy.gives("odd(float32)[:, None] < odd(float32)", rows.stretch().less(&odd));
    numpy.gives("odd(float32)[:, None] <= odd(float32)", rows.stretch().less_equal(&odd));
    numpy.gives("odd(float32)[:, None] > odd(float32)", rows.stretch().greater(&odd));
    numpy.gives("odd(float32)[:, None] >= odd(float32)", rows.stretch().greater_equal(&odd));
    numpy.gives("odd(float32)[:, None] == odd(float32)", rows.stretch().equal(&odd));
    numpy.gives("odd(float32)[:, None] != odd(float32)", rows.stretch().not_equal(&odd));
    let (x, row): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![4]>) =
        (numpy.get("x34"), numpy.get("x4"));
    numpy.gives("x34 < x4", x.less(&row));
    numpy.gives("x4 <= x34", row.less_equal(&x));
    numpy.gives("x34 > 0.5", x.greater(0.5));
    numpy.gives("x34 * x34 >= abs(x34)", (&x * &x).greater_equal(x.abs()));
    numpy.gives("(x34 < 0) ^ (x4 < 0)", x.less(0.0) ^ row.less(0.0));
    let (i, u): (Tensor<i32, shape![3, 4]>, Tensor<u8, shape![3, 4]>) =
        (numpy.get("i34"), numpy.get("u34"));
    numpy.gives("i34 < 0", i.less(0));
    numpy.gives("u34 == 255 - u34", u.equal(255 - &u));
    let (p, q): (Tensor<bool, shape![3, 4]>, Tensor<bool, shape![4]>) =
        (numpy.get("p34"), numpy.get("q4"));
    numpy.gives("p34 == q4", p.equal(&q));
    numpy.gives("p34 != q4", p.not_equal(&q));
    numpy.gives("p34 < q4", p.less(&q));
    numpy.gives("p34 >= True", p.greater_equal(true));
}

#[test]
fn choosing() {
    let numpy = numpy();
    let (x, y): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![3, 4]>) =
        (numpy.get("x34"), numpy.get("y34"));
    let (row, column): (Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x4"), numpy.get("x31"));
    let (p, q): (Tensor<bool, shape![3, 4]>, Tensor<bool, shape![4]>) =
        (numpy.get("p34"), numpy.get("q4"));
    numpy.gives("where(p34, x34, y34)", p.where_(&x, &y));
    numpy.gives("where(q4, x34, y34)", q.where_(&x, &y));
    numpy.gives("where(p34, x4, x31)", p.where_(&row, &column));
    numpy.gives("where(q4, x34, x31)", q.where_(&x, &column));
    numpy.gives("where(q4, x31, y34)", q.where_(&column, y.clone()));
    numpy.gives("where(p34, float32(1.0), float32(-1.0))", p.where_(1.0f32, -1.0));
    numpy.gives(
        "where(x34 > 0, sqrt(abs(x34)), float32(0.0))",
        x.greater(0.0).where_(x.abs().sqrt(), 0.0),
    );
    numpy.gives("where(~p34, x34 + x4, -x34)", (!&p).where_(&x + &row, -&x));
    let (i, j): (Tensor<i32, shape![3, 4]>, Tensor<i32, shape![4]>) =
        (numpy.get("i34"), numpy.get("j4"));
    numpy.gives("where(p34, i34, j4)", p.where_(&i, &j));
    numpy.gives("where(p34, q4, ~q4)", p.where_(&q, !&q));
}

/// Three operands, none of which has the shape of the result: `stretch` on any of them.
#[test]
fn three_operands_that_all_stretch() {
    let numpy = numpy();
    let (row, column): (Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x4"), numpy.get("x31"));
    let (other, cube): (Tensor<f32, shape![3, 1]>, Tensor<f32, shape![2, 1, 1]>) =
        (numpy.get("y31"), numpy.get("x211"));
    let q: Tensor<bool, shape![4]> = numpy.get("q4");
    numpy.gives("clip(x31, x4, 0.5)", column.stretch().clip(&row, 0.5));
    numpy.gives("clip(x31, x4, 0.5)", column.clip(row.stretch(), 0.5));
    numpy.gives("clip(x31, -0.5, x4)", column.clip(-0.5, row.stretch()));
    numpy.gives("clip(x31, y31, x4)", column.stretch().clip(&other, &row));
    numpy.gives(
        "clip(float32(0.1), x31, x4)",
        Tensor::<f32, ()>::full(0.1).clip(column.stretch(), &row),
    );
    numpy.gives("clip(x4, x31, x211)", row.clip(&column, cube.stretch()));
    numpy.gives("clip(x211, x4, x31)", cube.stretch().clip(&row, column.stretch()));
    numpy.gives("where(q4, x31, float32(0.0))", q.stretch().where_(&column, 0.0));
    numpy.gives("where(q4, float32(0.0), x31)", q.where_(0.0, column.stretch()));
    numpy.gives("where(q4, x31, y31)", q.where_(column.stretch(), &other));
    numpy.gives("where(x31 > 0, x4, x211)", column.greater(0.0).where_(row.stretch(), &cube));
    numpy.gives("where(q4, x31 * 2, x211)", q.stretch().where_(&column * 2.0, &cube));
    let (a, b, c): (
        Tensor<f32, shape![1, 3, 4]>,
        Tensor<f32, shape![2, 1, 4]>,
        Tensor<f32, shape![2, 3, 1]>,
    ) = (numpy.get("x134"), numpy.get("x214"), numpy.get("x231"));
    numpy.gives("clip(x134, x214, x231)", a.clip(&b, c.stretch()));
    numpy.gives("where(x231 > 0, x134, x214)", c.greater(0.0).where_(&a, b.stretch()));
    // If an operand already has the shape of the result, `stretch` changes nothing.
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("clip(x34, x4, x31)", x.stretch().clip(&row, &column));
    numpy.gives("clip(x4, x34, 0.5)", row.stretch().clip(&x, 0.5));
    // Lengths of 0 and of 1.
    let none: Tensor<f32, shape![0]> = numpy.get("x0");
    numpy.gives("clip(x31, x0, 0.5)", column.stretch().clip(&none, 0.5));
    let single: Tensor<f32, shape![{ 1 }]> = numpy.get("x1");
    numpy.gives("clip(x31, x1, 0.5)", column.stretch().clip(&single, 0.5));
    // Under a reduction, and written to an existing tensor.
    let mut out = Tensor::<f32, shape![3, 4]>::zeros();
    out.assign(column.stretch().clip(&row, 0.5));
    numpy.gives("clip(x31, x4, 0.5)", &out);
    numpy.gives(
        "clip(x31, x4, 0.5).max(axis=0)",
        column.stretch().clip(&row, 0.5).max_axis(Axis::<0>),
    );
}

#[test]
fn functions_of_the_users_own() {
    let numpy = numpy();
    let (x, row): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![4]>) =
        (numpy.get("x34"), numpy.get("x4"));
    numpy.gives("x34 * x34 - 2 * x34", x.map(|x| x * x - 2.0 * x));
    numpy.gives("x34.astype(float64) / 3", x.map(|x| f64::from(x) / 3.0));
    numpy.gives("signbit(x34)", x.map(f32::is_sign_negative));
    numpy.gives("trunc(x34 * 100).astype(int32)", (&x * 100.0).map(|x| x as i32));
    numpy.gives("x34 * x4 + x34", x.zip_with(&row, |x, row| x * row + x));
    numpy.gives("x4 - x34 / 2", row.zip_with(&x, |row, x| row - x / 2.0));
    let q: Tensor<bool, shape![4]> = numpy.get("q4");
    numpy.gives("x34 * q4", x.zip_with(&q, |x, q| if q { x } else { x * 0.0 }));
    numpy.gives(
        "x4[:, None] * q4",
        row.expand_dims(Axis::<1>).stretch().zip_with(&q, |x, q| x * f32::from(u8::from(q))),
    );
    let scale = 3.0;
    numpy.gives("x34 * 3.0", x.zip_with(scale, |x, scale: f32| x * scale));
}

/// A user's function sees each element's value unchanged.
#[test]
fn elements_reach_functions_unchanged() {
    let odd: Tensor<f32, shape![17]> = numpy().get("odd(float32)");
    let bits = odd.map(f32::to_bits).map(f32::from_bits).to_tensor();
    assert!(odd.as_slice().iter().zip(bits.as_slice()).all(|(a, b)| a.same(*b)));
    assert_eq!(array![1u8, 2].map(|x| x == 2).to_array(), array![false, true]);
}
