//! Broadcasting of shapes of rank 0 to 4, by the compiler and at run time, compared with NumPy's.

use shapewright::{broadcast_shapes, prelude::*, shape};
use shapewright_tests::values::{Values, counted};

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/broadcasting.txt"))
}

/// Checks `a - 1000 * b` for elements counted in each shape, so that every pair of elements has a
/// different result.
macro_rules! minus {
    ($($expression:literal: [$($a:tt)*] - [$($b:tt)*];)*) => {
        minus!(@each $($expression, [$($a)*], [$($b)*], |a, b| &a - 1000.0 * &b;)*)
    };
    ($($expression:literal: [$($a:tt)*].stretch() - [$($b:tt)*];)*) => {
        minus!(@each $($expression, [$($a)*], [$($b)*], |a, b| a.stretch() - 1000.0 * &b;)*)
    };
    ($($expression:literal: [$($a:tt)*] - [$($b:tt)*].stretch();)*) => {
        minus!(@each $($expression, [$($a)*], [$($b)*], |a, b| &a - (1000.0 * &b).stretch();)*)
    };
    (@each $($expression:literal, [$($a:tt)*], [$($b:tt)*], |$x:ident, $y:ident| $minus:expr;)*) => {$(
        let ($x, $y) = (counted::<shape![$($a)*]>(), counted::<shape![$($b)*]>());
        numpy().gives($expression, $minus);
    )*};
}

#[test]
fn one_side_stretches() {
    minus! {
        "minus((), ())": [] - [];
        "minus((3,), ())": [3] - [];
        "minus((), (3,))": [] - [3];
        "minus((3,), (3,))": [3] - [3];
        "minus((3,), (1,))": [3] - [1];
        "minus((1,), (3,))": [1] - [3];
        "minus((1,), (1,))": [1] - [1];
        "minus((1,), ())": [1] - [];
        "minus((3, 4), ())": [3, 4] - [];
        "minus((), (3, 4))": [] - [3, 4];
        "minus((3, 4), (4,))": [3, 4] - [4];
        "minus((4,), (3, 4))": [4] - [3, 4];
        "minus((3, 4), (1, 4))": [3, 4] - [1, 4];
        "minus((3, 4), (3, 1))": [3, 4] - [3, 1];
        "minus((3, 1), (3, 4))": [3, 1] - [3, 4];
        "minus((3, 4), (1, 1))": [3, 4] - [1, 1];
        "minus((3, 1), (1,))": [3, 1] - [1];
        "minus((1, 3), (3,))": [1, 3] - [3];
        "minus((1, 3), ())": [1, 3] - [];
        "minus((2, 3, 4), ())": [2, 3, 4] - [];
        "minus((2, 3, 4), (4,))": [2, 3, 4] - [4];
        "minus((2, 3, 4), (3, 4))": [2, 3, 4] - [3, 4];
        "minus((2, 3, 4), (3, 1))": [2, 3, 4] - [3, 1];
        "minus((2, 3, 4), (2, 1, 1))": [2, 3, 4] - [2, 1, 1];
        "minus((2, 1, 4), (2, 3, 4))": [2, 1, 4] - [2, 3, 4];
        "minus((1, 3, 1), (2, 3, 4))": [1, 3, 1] - [2, 3, 4];
        "minus((2, 3, 4), (1, 1, 4))": [2, 3, 4] - [1, 1, 4];
        "minus((2, 3, 1), (3, 1))": [2, 3, 1] - [3, 1];
        "minus((2, 3, 2, 3), (3,))": [2, 3, 2, 3] - [3];
        "minus((2, 3, 2, 3), (2, 1, 2, 1))": [2, 3, 2, 3] - [2, 1, 2, 1];
        "minus((1, 3, 1, 3), (2, 3, 2, 3))": [1, 3, 1, 3] - [2, 3, 2, 3];
        "minus((2, 3, 2, 3), (3, 1, 1))": [2, 3, 2, 3] - [3, 1, 1];
        "minus((2, 3, 2, 3), (2, 3, 2, 3))": [2, 3, 2, 3] - [2, 3, 2, 3];
        "minus((3, 2, 3), (2, 3, 2, 3))": [3, 2, 3] - [2, 3, 2, 3];
        "minus((2, 3, 1, 3), (3,))": [2, 3, 1, 3] - [3];
    }
}

#[test]
fn both_sides_stretch() {
    minus! {
        "minus((3, 1), (4,))": [3, 1].stretch() - [4];
        "minus((4,), (3, 1))": [4].stretch() - [3, 1];
        "minus((1, 4), (3, 1))": [1, 4].stretch() - [3, 1];
        "minus((2, 1, 4), (3, 1))": [2, 1, 4].stretch() - [3, 1];
        "minus((2, 1, 1), (3, 4))": [2, 1, 1].stretch() - [3, 4];
        "minus((1, 1, 4), (2, 3, 1))": [1, 1, 4].stretch() - [2, 3, 1];
        "minus((1, 3, 1), (2, 1, 4))": [1, 3, 1].stretch() - [2, 1, 4];
        "minus((2, 1, 2, 1), (3, 1, 3))": [2, 1, 2, 1].stretch() - [3, 1, 3];
        "minus((3, 1, 3), (2, 1, 2, 1))": [3, 1, 3].stretch() - [2, 1, 2, 1];
        "minus((1, 3, 2, 1), (2, 1, 1, 3))": [1, 3, 2, 1].stretch() - [2, 1, 1, 3];
        "minus((3, 4), (4,))": [3, 4].stretch() - [4];
    }
    minus! {
        "minus((3, 1), (4,))": [3, 1] - [4].stretch();
        "minus((4,), (3, 1))": [4] - [3, 1].stretch();
        "minus((2, 1, 4), (3, 1))": [2, 1, 4] - [3, 1].stretch();
        "minus((2, 1, 2, 1), (3, 1, 3))": [2, 1, 2, 1] - [3, 1, 3].stretch();
        "minus((4,), (3, 4))": [4] - [3, 4].stretch();
    }
}

/// An axis of length 0 is a length like any other, and `One` stretches to it.
#[test]
fn axes_of_length_0() {
    minus! {
        "minus((0,), ())": [0] - [];
        "minus((0,), (1,))": [0] - [1];
        "minus((1,), (0,))": [1] - [0];
        "minus((0,), (0,))": [0] - [0];
        "minus((0, 3), (3,))": [0, 3] - [3];
        "minus((3,), (0, 3))": [3] - [0, 3];
        "minus((2, 0), (2, 1))": [2, 0] - [2, 1];
        "minus((2, 0), (0,))": [2, 0] - [0];
        "minus((2, 0, 3), (2, 1, 3))": [2, 0, 3] - [2, 1, 3];
        "minus((2, 0, 3, 1), (3, 1))": [2, 0, 3, 1] - [3, 1];
    }
    minus! {
        "minus((0, 1), (3,))": [0, 1].stretch() - [3];
        "minus((3, 1), (0,))": [3, 1].stretch() - [0];
        "minus((1, 0), (2, 1))": [1, 0].stretch() - [2, 1];
    }
}

/// `Dim<1>` has length 1 and matches itself; the results are NumPy's.
#[test]
fn lengths_of_1() {
    minus! {
        "minus((1,), (1,))": [{1}] - [{1}];
        "minus((1,), ())": [{1}] - [];
        "minus((1,), (1,))": [{1}] - [1];
        "minus((3, 1), (1,))": [3, {1}] - [{1}];
        "minus((3, 1), (3, 1))": [3, {1}] - [3, 1];
        "minus((1, 4), (4,))": [{1}, 4] - [4];
        "minus((1, 4), (1, 1))": [{1}, 4] - [{1}, 1];
        "minus((2, 1, 3), (3,))": [2, {1}, 3] - [3];
        "minus((2, 1, 3), (1, 1))": [2, {1}, 3] - [{1}, 1];
    }
}

/// Checks the run-time rule against an expression `broadcast_shapes((3, 4), (4,))`, whose arguments
/// are parsed.
#[track_caller]
fn at_run_time(expression: &str) {
    let tuples = expression.trim_start_matches("broadcast_shapes(").trim_end_matches(')');
    let shapes: Vec<Vec<usize>> = tuples
        .split('(')
        .skip(1)
        .map(|tuple| {
            let lengths = tuple.trim_end_matches([',', ' ', ')']).split(',').map(str::trim);
            lengths
                .filter(|length| !length.is_empty())
                .map(|length| length.parse().unwrap())
                .collect()
        })
        .collect();
    let shapes: Vec<&[usize]> = shapes.iter().map(Vec::as_slice).collect();
    let (_, expected) = numpy().array::<i64>(expression);
    match broadcast_shapes(&shapes) {
        Ok(joined) => {
            assert_eq!(joined.iter().map(|&len| len as i64).collect::<Vec<_>>(), expected)
        }
        Err(error) => assert_eq!(expected, [-1], "{error}"),
    }
}

#[test]
fn at_run_time_as_numpy() {
    [
        "broadcast_shapes()",
        "broadcast_shapes(())",
        "broadcast_shapes((), ())",
        "broadcast_shapes((3,))",
        "broadcast_shapes((), (3,))",
        "broadcast_shapes((3,), (1,))",
        "broadcast_shapes((3, 4), (4,))",
        "broadcast_shapes((3, 1), (4,))",
        "broadcast_shapes((4,), (3, 1))",
        "broadcast_shapes((8, 1, 6, 1), (7, 1, 5))",
        "broadcast_shapes((256, 256, 3), (3,))",
        "broadcast_shapes((15, 3, 5), (15, 1, 5))",
        "broadcast_shapes((15, 3, 5), (3, 1))",
        "broadcast_shapes((0,), (1,))",
        "broadcast_shapes((1,), (0,))",
        "broadcast_shapes((0, 1), (1, 5))",
        "broadcast_shapes((2, 0, 3), (3,))",
        "broadcast_shapes((6, 7), (5, 6, 1), (7,), (5, 1, 7))",
        "broadcast_shapes((1,), (1, 1), (1, 1, 1))",
        "broadcast_shapes((2,), (1, 2), (3, 1), (4, 1, 1), ())",
        "broadcast_shapes((2, 2, 2, 2, 2, 2, 2, 2), (1, 1, 1, 1, 1, 1, 1, 1))",
        "broadcast_shapes((1, 2, 1, 4, 1, 6, 1, 8), (5, 1, 7, 1))",
        // Shapes that do not broadcast.
        "broadcast_shapes((3,), (4,))",
        "broadcast_shapes((0,), (2,))",
        "broadcast_shapes((1000, 256), (1000,))",
        "broadcast_shapes((2, 1), (8, 4, 3))",
        "broadcast_shapes((8, 1, 6), (7, 1), (1, 5))",
        "broadcast_shapes((3, 4), (4, 3))",
        "broadcast_shapes((2, 3), (2, 0))",
        "broadcast_shapes((1,), (2,), (3,))",
    ]
    .into_iter()
    .for_each(at_run_time);
}
