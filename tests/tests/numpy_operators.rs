//! The operators, compared with NumPy's bit for bit.

use shapewright::{Array, Bitwise, Numeric, Tensor, TensorView, array, prelude::*, shape, tensor};
use shapewright_tests::each_integer;
use shapewright_tests::same::{Value, assert_agree};
use shapewright_tests::values::Values;

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/operators.txt"))
}

#[test]
fn arithmetic_of_f32() {
    let numpy = numpy();
    let (a, b): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![3, 4]>) =
        (numpy.get("x34"), numpy.get("y34"));
    numpy.gives("x34 + y34", &a + &b);
    numpy.gives("x34 - y34", &a - &b);
    numpy.gives("x34 * y34", &a * &b);
    numpy.gives("x34 / y34", &a / &b);
    // The sign of the dividend: NumPy's `fmod`, and not its `%`.
    numpy.gives("fmod(x34, y34)", &a % &b);
    numpy.gives("-x34", -&a);
    numpy.gives("(x34 - y34) / (y34 * y34 + 0.5)", (&a - &b) / (&b * &b + 0.5));
}

#[test]
fn arithmetic_of_f64() {
    let numpy = numpy();
    let (a, b): (Tensor<f64, shape![3, 4]>, Tensor<f64, shape![3, 4]>) =
        (numpy.get("d34"), numpy.get("e34"));
    numpy.gives("d34 + e34", &a + &b);
    numpy.gives("d34 - e34", &a - &b);
    numpy.gives("d34 * e34", &a * &b);
    numpy.gives("d34 / e34", &a / &b);
    numpy.gives("fmod(d34, e34)", &a % &b);
    numpy.gives("-d34", -&a);
}

/// Every pair of NaN, infinities, signed zeros, subnormal numbers and the largest numbers.
#[test]
fn corners_of_f32() {
    let numpy = numpy();
    let odd: Tensor<f32, shape![17]> = numpy.get("odd(float32)");
    let rows = odd.expand_dims(Axis::<1>);
    numpy.gives("odd(float32)[:, None] + odd(float32)", rows.stretch() + &odd);
    numpy.gives("odd(float32)[:, None] - odd(float32)", rows.stretch() - &odd);
    numpy.gives("odd(float32)[:, None] * odd(float32)", rows.stretch() * &odd);
    numpy.gives("odd(float32)[:, None] / odd(float32)", rows.stretch() / &odd);
    numpy.gives("fmod(odd(float32)[:, None], odd(float32))", rows.stretch() % &odd);
    numpy.gives("-odd(float32)", -&odd);
}

#[test]
fn corners_of_f64() {
    let numpy = numpy();
    let odd: Tensor<f64, shape![17]> = numpy.get("odd(float64)");
    let rows = odd.expand_dims(Axis::<1>);
    numpy.gives("odd(float64)[:, None] + odd(float64)", rows.stretch() + &odd);
    numpy.gives("odd(float64)[:, None] - odd(float64)", rows.stretch() - &odd);
    numpy.gives("odd(float64)[:, None] * odd(float64)", rows.stretch() * &odd);
    numpy.gives("odd(float64)[:, None] / odd(float64)", rows.stretch() / &odd);
    numpy.gives("fmod(odd(float64)[:, None], odd(float64))", rows.stretch() % &odd);
    numpy.gives("-odd(float64)", -&odd);
}

/// Integers wrap, division truncates, and a divisor of 0 returns 0.
#[test]
fn corners_of_integers() {
    let numpy = numpy();
    let x: Tensor<i8, shape![9]> = numpy.get("extremes(int8)");
    let rows = x.expand_dims(Axis::<1>);
    numpy.gives("extremes(int8)[:, None] + extremes(int8)", rows.stretch() + &x);
    numpy.gives("extremes(int8)[:, None] - extremes(int8)", rows.stretch() - &x);
    numpy.gives("extremes(int8)[:, None] * extremes(int8)", rows.stretch() * &x);
    numpy.gives("trunc_divide(extremes(int8)[:, None], extremes(int8))", rows.stretch() / &x);
    numpy.gives("fmod(extremes(int8)[:, None], extremes(int8))", rows.stretch() % &x);
    numpy.gives("-extremes(int8)", -&x);

    let x: Tensor<i32, shape![9]> = numpy.get("extremes(int32)");
    let rows = x.expand_dims(Axis::<1>);
    numpy.gives("extremes(int32)[:, None] + extremes(int32)", rows.stretch() + &x);
    numpy.gives("extremes(int32)[:, None] - extremes(int32)", rows.stretch() - &x);
    numpy.gives("extremes(int32)[:, None] * extremes(int32)", rows.stretch() * &x);
    numpy.gives("trunc_divide(extremes(int32)[:, None], extremes(int32))", rows.stretch() / &x);
    numpy.gives("fmod(extremes(int32)[:, None], extremes(int32))", rows.stretch() % &x);
    numpy.gives("-extremes(int32)", -&x);

    let x: Tensor<i64, shape![9]> = numpy.get("extremes(int64)");
    let rows = x.expand_dims(Axis::<1>);
    numpy.gives("extremes(int64)[:, None] * extremes(int64)", rows.stretch() * &x);
    numpy.gives("trunc_divide(extremes(int64)[:, None], extremes(int64))", rows.stretch() / &x);
    numpy.gives("fmod(extremes(int64)[:, None], extremes(int64))", rows.stretch() % &x);

    let x: Tensor<u8, shape![7]> = numpy.get("extremes(uint8)");
    let rows = x.expand_dims(Axis::<1>);
    numpy.gives("extremes(uint8)[:, None] + extremes(uint8)", rows.stretch() + &x);
    numpy.gives("extremes(uint8)[:, None] - extremes(uint8)", rows.stretch() - &x);
    numpy.gives("extremes(uint8)[:, None] * extremes(uint8)", rows.stretch() * &x);
    numpy.gives("trunc_divide(extremes(uint8)[:, None], extremes(uint8))", rows.stretch() / &x);
    numpy.gives("fmod(extremes(uint8)[:, None], extremes(uint8))", rows.stretch() % &x);

    let x: Tensor<u64, shape![7]> = numpy.get("extremes(uint64)");
    let rows = x.expand_dims(Axis::<1>);
    numpy.gives("extremes(uint64)[:, None] * extremes(uint64)", rows.stretch() * &x);
    numpy.gives("trunc_divide(extremes(uint64)[:, None], extremes(uint64))", rows.stretch() / &x);
}

#[test]
fn bits() {
    let numpy = numpy();
    let (a, b): (Tensor<i32, shape![3, 4]>, Tensor<i32, shape![4]>) =
        (numpy.get("i34"), numpy.get("j4"));
    numpy.gives("i34 & j4", &a & &b);
    numpy.gives("i34 | j4", &a | &b);
    numpy.gives("i34 ^ j4", &a ^ &b);
    numpy.gives("~i34", !&a);
    numpy.gives("i34 & 255", &a & 255);
    let (a, b): (Tensor<u8, shape![3, 4]>, Tensor<u8, shape![3, 1]>) =
        (numpy.get("u34"), numpy.get("v31"));
    numpy.gives("u34 & v31", &a & &b);
    numpy.gives("u34 | v31", &a | &b);
    numpy.gives("u34 ^ v31", &a ^ &b);
    numpy.gives("~u34", !&a);
    let (a, b): (Tensor<bool, shape![3, 4]>, Tensor<bool, shape![4]>) =
        (numpy.get("p34"), numpy.get("q4"));
    numpy.gives("p34 & q4", &a & &b);
    numpy.gives("p34 | q4", &a | &b);
    numpy.gives("p34 ^ q4", &a ^ &b);
    numpy.gives("~p34", !&a);
    numpy.gives("~(p34 & ~q4)", !(&a & !&b));
}

#[test]
fn scalars_on_either_side() {
    let numpy = numpy();
    let x: Tensor<f32, shape![2, 3]> = numpy.get("x23");
    numpy.gives("x23 + 2.5", &x + 2.5);
    numpy.gives("2.5 + x23", 2.5 + &x);
    numpy.gives("x23 - 2.5", &x - 2.5);
    numpy.gives("2.5 - x23", 2.5 - &x);
    numpy.gives("x23 * 2.5", &x * 2.5);
    numpy.gives("2.5 * x23", 2.5 * &x);
    numpy.gives("x23 / 2.5", &x / 2.5);
    numpy.gives("2.5 / x23", 2.5 / &x);
    numpy.gives("fmod(x23, 0.7)", &x % 0.7);
    numpy.gives("fmod(2.5, x23)", 2.5 % &x);
    numpy.gives("2.5 - x23 * x23", 2.5 - &x * &x);
    numpy.gives("2.5 / x23", 2.5 / x.clone());
    numpy.gives("x23 - 2.5", x - 2.5);
    let i: Tensor<i32, shape![2, 3]> = numpy.get("i23");
    numpy.gives("7 - i23", 7 - &i);
    numpy.gives("i23 * 7", &i * 7);
    numpy.gives("fmod(i23, 1000)", &i % 1000);
}

/// A tensor of rank 0 combines with everything, as a scalar does.
#[test]
fn rank_0() {
    let numpy = numpy();
    let (a, b): (Tensor<f32, ()>, Tensor<f32, ()>) = (numpy.get("x"), numpy.get("y"));
    let c: Tensor<f32, shape![2, 3]> = numpy.get("x23");
    numpy.gives("x * y", &a * &b);
    numpy.gives("x - x23", &a - &c);
    numpy.gives("x23 - x", &c - &a);
    numpy.gives("2.0 - x", 2.0 - &a);
    let mut out = a.clone();
    out /= &b;
    numpy.gives("x / y", &out);
}

#[test]
fn in_place() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let (row, column): (Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x4"), numpy.get("x31"));
    macro_rules! in_place {
        ($($expression:literal: $operator:tt $value:expr;)*) => {$(
            let mut out = x.clone();
            out $operator $value;
            numpy.gives($expression, &out);
            let mut out = x.to_array();
            let mut view = out.view_mut();
            view $operator $value;
            numpy.gives($expression, &out);
        )*};
    }
    in_place! {
        "x34 + x4": += &row;
        "x34 - x31": -= &column;
        "x34 * x4": *= &row;
        "x34 / x31": /= &column;
        "fmod(x34, x4)": %= &row;
        "x34 + 2.5": += 2.5;
        "x34 - (x4 + 1.0)": -= &row + 1.0;
        "x34 * x34": *= &x;
        "x34 / (x31 * x4)": /= column.stretch() * &row;
        "x34 - x4": -= row.clone();
    }
    let i: Tensor<i32, shape![3, 4]> = numpy.get("i34");
    let j: Tensor<i32, shape![4]> = numpy.get("j4");
    let mut out = i.clone();
    out &= &j;
    numpy.gives("i34 & j4", &out);
    out = i.clone();
    out |= &j;
    numpy.gives("i34 | j4", &out);
    out = i.clone();
    out ^= &j;
    numpy.gives("i34 ^ j4", &out);
}

#[test]
fn assignment() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let (row, column): (Tensor<f32, shape![4]>, Tensor<f32, shape![3, 1]>) =
        (numpy.get("x4"), numpy.get("x31"));
    let mut out = Tensor::<f32, shape![3, 4]>::full(f32::NAN);
    out.assign(&x);
    numpy.gives("x34", &out);
    out.assign(&row);
    numpy.gives("broadcast_to(x4, (3, 4))", &out);
    out.assign(&column);
    numpy.gives("broadcast_to(x31, (3, 4))", &out);
    out.assign(&x * &row + &column);
    numpy.gives("x34 * x4 + x31", &out);
    out.assign(&row * 2.0);
    numpy.gives("broadcast_to(x4 * 2.0, (3, 4))", &out);
    out.assign(row.expand_dims(Axis::<0>));
    numpy.gives("broadcast_to(x4, (3, 4))", &out);
    out.assign(0.25);
    numpy.gives("full((3, 4), 0.25, float32)", &out);
    out.view_mut().assign(x.clone());
    numpy.gives("x34", &out);
}

/// An operand may have any memory layout.
#[test]
#[expect(clippy::op_ref, reason = "arrays are operands by reference too")]
fn storages() {
    let numpy = numpy();
    let heap: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let row: Array<f32, shape![4]> = numpy.get::<f32, shape![4]>("x4").to_array();
    let inline: Array<f32, shape![3, 4]> = heap.to_array();
    let view: TensorView<f32, shape![3, 4]> = heap.view();
    let transposed = heap.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    let strided = transposed.permute_dims((Axis::<1>, Axis::<0>)).view();
    numpy.gives("x34 / x4", &heap / &row);
    numpy.gives("x34 / x4", &inline / row);
    numpy.gives("x34 / x4", view / row.view());
    numpy.gives("x34 / x4", strided / &row);
    numpy.gives("x34 / x4", inline / row);
    numpy.gives("x34 / x4", heap.lazy() / row);
    assert_eq!((inline / row).to_array(), (heap / row).to_tensor());
}

/// Every integer type wraps as Rust's `wrapping_*` do.
#[test]
fn integer_types() {
    fn grid<T: Numeric + Bitwise + Value>(
        of: fn(T, T) -> T,
        values: [T; 5],
    ) -> Tensor<T, shape![5, 5]> {
        Tensor::<T, shape![5, 5]>::from_fn(|[i, j]| of(values[i], values[j]))
    }
    macro_rules! types {
        ($($t:ident: $($_wide:ident)*;)*) => {$(
            let values = [$t::MIN, $t::MIN + 1, 0, 100, $t::MAX];
            let row: Tensor<$t, shape![5]> = Tensor::from_nested(values);
            let column = row.expand_dims(Axis::<1>);
            assert_agree(column.stretch() + &row, &grid($t::wrapping_add, values));
            assert_agree(column.stretch() - &row, &grid($t::wrapping_sub, values));
            assert_agree(column.stretch() * &row, &grid($t::wrapping_mul, values));
            let divided = |a: $t, b| if b == 0 { 0 } else { a.wrapping_div(b) };
            assert_agree(column.stretch() / &row, &grid(divided, values));
            let remainder = |a: $t, b| if b == 0 { 0 } else { a.wrapping_rem(b) };
            assert_agree(column.stretch() % &row, &grid(remainder, values));
            assert_agree(column.stretch() & &row, &grid(|a, b| a & b, values));
            assert_agree(column.stretch() | &row, &grid(|a, b| a | b, values));
            assert_agree(column.stretch() ^ &row, &grid(|a, b| a ^ b, values));
            assert_agree(!&row, &Tensor::<_, shape![5]>::from_nested(values.map(|x| !x)));
            assert_agree(3 - &row, &Tensor::<_, shape![5]>::from_nested(values.map(|x| (3 as $t).wrapping_sub(x))));
        )*};
    }
    each_integer! { types }
    assert_eq!((-&tensor![i16::MIN, 1]).to_array(), array![i16::MIN, -1]);
    assert_eq!(tensor![isize::MIN, -1].abs().to_array(), array![isize::MIN, 1]);
}
