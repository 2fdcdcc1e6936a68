//! A sample of elementwise operations and reductions of constant lengths, at each level and every
//! alignment.

#![allow(clippy::op_ref, reason = "tensors by reference are what is tested")]

use shapewright::{Level, TensorView, TensorViewMut, prelude::*, shape};
use shapewright_levels::{data, elements, far, ordinary, same_at_every_level};

/// The number of rows of most operands: an evaluation of few elements would not be dispatched to a
/// level.
const ROWS: usize = 40;

/// Compares expressions of `x` and `y` of the shape (40, n), `row` of (n,) and `column` of (40, 1).
macro_rules! same {
    ($data:ident, $t:ty, $n:literal, |$x:ident, $y:ident, $row:ident, $column:ident| $wrap:ident
        $($expression:expr;)*) => {{
        const LEN: usize = ROWS * $n;
        let (xs, ys) = ($data::<$t>(1, LEN + 16), $data::<$t>(2, LEN + 16));
        let (rows, columns) = ($data::<$t>(3, $n + 16), $data::<$t>(4, ROWS + 16));
        $(
            let what =
                concat!(stringify!($t), " (40, ", stringify!($n), "): ", stringify!($expression));
            same_at_every_level(what, |offset| {
                let $x = TensorView::<$t, shape![40, $n]>::new(&xs[offset..][..LEN]).unwrap();
                let $y = TensorView::<$t, shape![40, $n]>::new(&ys[16 - offset..][..LEN]).unwrap();
                let $row = TensorView::<$t, shape![$n]>::new(&rows[offset..][..$n]).unwrap();
                let column = &columns[offset..][..ROWS];
                let $column = TensorView::<$t, shape![40, 1]>::new(column).unwrap();
                let _ = (&$x, &$y, &$row, &$column);
                $wrap!($expression)
            });
        )*
    }};
}
macro_rules! tensors {
    ($expression:expr) => {
        elements($expression)
    };
}
macro_rules! numbers {
    ($expression:expr) => {
        vec![$expression]
    };
}

/// Compares statements that update `out`, which begins at every alignment.
macro_rules! same_in_place {
    ($t:ty, $n:literal, |$out:ident, $x:ident, $row:ident| $($statement:stmt;)*) => {{
        const LEN: usize = ROWS * $n;
        let (xs, rows) = (data::<$t>(5, LEN + 16), data::<$t>(6, $n + 16));
        $(
            let what =
                concat!(stringify!($t), " (40, ", stringify!($n), "): ", stringify!($statement));
            same_at_every_level(what, |offset| {
                let $x = TensorView::<$t, shape![40, $n]>::new(&xs[16 - offset..][..LEN]).unwrap();
                let $row = TensorView::<$t, shape![$n]>::new(&rows[offset..][..$n]).unwrap();
                let mut memory = data::<$t>(7, LEN + 16);
                let slots = &mut memory[offset..][..LEN];
                let mut $out = TensorViewMut::<$t, shape![40, $n]>::new(slots).unwrap();
                let _ = (&$x, &$row);
                $statement
                memory
            });
        )*
    }};
}

macro_rules! arithmetic {
    ($t:ty, $one:literal: $($n:literal)*) => {$(
        same! { data, $t, $n, |x, y, row, column| tensors
            &x + &y; &x - &row; &row * &x; &x / &column; &x % &y; &x * $one + &column;
            x.minimum(&y); x.maximum(&row); x.square(); x.clip(&row, &column);
            column.stretch().clip(&row, $one);
            x.less(&y); x.less_equal(&row); x.greater(&column).where_(&row, &x);
            x.greater_equal(&y); x.equal(&y); x.not_equal(&row);
            x.map(|x| x + $one); x.zip_with(&column, |x, c| if x > c { x } else { c });
            x.permute_dims((Axis::<1>, Axis::<0>)) + $one; x.concat(&y, Axis::<1>);
            x.slice(Axis::<1>, Span::<-1, $n, -1>) + &y;
        }
    )*};
}
macro_rules! in_place {
    ($t:ty: $($n:literal)*) => {$(
        same_in_place! { $t, $n, |out, x, row|
            out += &x; out -= &row; out *= &x; out /= &row; out %= &x; out.assign(&x * &row);
        }
    )*};
}
macro_rules! reductions {
    ($t:ty: $($n:literal)*) => {$(
        same! { ordinary, $t, $n, |x, y, row, column| tensors
            x.sum_axis(Axis::<0>); (&x * &row).sum_axis(Axis::<1>).keepdims() + &x;
            x.min_axis(Axis::<0>); x.max_axis(Axis::<1>);
            x.mean_axis(Axis::<1>); x.var_axis(Axis::<0>); x.std_axis(Axis::<1>).ddof(1);
        }
        same! { far, $t, $n, |x, y, row, column| tensors
            x.mean_axis(Axis::<0>); x.var_axis(Axis::<1>);
            (&x - &column).var_axis(Axis::<0>).ddof(1);
        }
        same! { ordinary, $t, $n, |x, y, row, column| numbers
            (&x * &row).sum(); x.min(); x.max(); x.mean(); x.var();
        }
    )*};
}
macro_rules! functions {
    ($t:ty: $($n:literal)*) => {$(
        same! { data, $t, $n, |x, y, row, column| tensors
            -&x; x.abs(); x.sqrt(); x.exp(); x.ln();
            (&x - &row) / (&column + 1e-5).sqrt() * &row + &column;
        }
    )*};
}

/// Prints which levels are tested here, and which are not.
#[test]
fn levels_that_the_machine_lacks() {
    for name in Level::NAMES {
        match Level::named(name) {
            Some(_) => println!("level {name}: tested"),
            None => println!("level {name}: SKIPPED, the machine lacks it"),
        }
    }
    assert_eq!(Level::named("scalar"), Some(Level::SCALAR));
}

#[test]
fn of_f32() {
    arithmetic! { f32, 1.0: 33 }
    functions! { f32: 33 }
    in_place! { f32: 33 }
    reductions! { f32: 33 }
}
#[test]
fn of_f64() {
    functions! { f64: 33 }
}
#[test]
fn of_i32() {
    in_place! { i32: 33 }
}
#[test]
fn of_u8() {
    in_place! { u8: 65 }
}
#[test]
fn of_bool() {
    same! { data, bool, 65, |x, y, row, column| tensors
        &x & &y; &x ^ &row; x.where_(1.5f32, -0.5);
    }
}

/// Lanes about as long as vectors and their multiples, with operands and results at every
/// alignment.
#[test]
fn lengths() {
    macro_rules! at {
        ($($n:literal)*) => {$({
            let xs = data::<f32>(1, ROWS * $n + 16);
            let rows = data::<f32>(2, $n + 16);
            same_at_every_level(concat!("length ", stringify!($n)), |offset| {
                let x = TensorView::<f32, shape![40, $n]>::new(&xs[offset..][..ROWS * $n]).unwrap();
                let row = TensorView::<f32, shape![$n]>::new(&rows[offset..][..$n]).unwrap();
                let mut out = vec![0.0; ROWS * $n + 16];
                let slots = &mut out[16 - offset..][..ROWS * $n];
                let mut to = TensorViewMut::<f32, shape![40, $n]>::new(slots).unwrap();
                to.assign(&x * &row);
                out
            });
        })*};
    }
    at! { 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 31 32 33 63 64 65 127 128 129 255 256 257 }
}

/// Streaming stores: the destination is larger than any cache.
#[test]
fn past_the_caches() {
    let xs = data::<f32>(1, 3001 * 2999 + 16);
    let rows = data::<f32>(2, 2999 + 16);
    let x = TensorView::<f32, shape![3001, 2999]>::new(&xs[3..][..3001 * 2999]).unwrap();
    let row = TensorView::<f32, shape![2999]>::new(&rows[1..][..2999]).unwrap();
    let streamed = (&x * &row).to_tensor();
    for (k, &found) in streamed.as_slice().iter().enumerate() {
        let expected = xs[3 + k] * rows[1 + k % 2999];
        assert!(
            found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
            "element {k}"
        );
    }
}
