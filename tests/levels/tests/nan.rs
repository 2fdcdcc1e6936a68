//! NaN at each level: an element that is NaN at one level is NaN at all, and every other element
//! has the same bits.
//!
//! The bits of a NaN are not part of the contract (`accuracy`), and they do differ: the sum of two
//! NaNs is the one that the compiler puts first, and the sign of `inf - inf` depends on the
//! processor. So elements are compared by [`Data::same`].

use shapewright::{TensorView, prelude::*, shape};
use shapewright_levels::{
    Data, data, elements, functions_of_floats, ordinary, reductions_of_floats, same_at_every_level,
};

const LEN: usize = 40 * 65;

/// NaNs of both signs and of several payloads, quiet and signalling, and infinities.
const ODD: [u32; 8] = [
    0x7fc0_0000,
    0xffc0_0000,
    0x7fc1_2345,
    0xffff_ffff,
    0x7f80_0001,
    0xff80_0001,
    0x7f80_0000,
    0xff80_0000,
];

/// Scattered numbers, odd ones among them.
fn odd(seed: u64) -> Vec<f32> {
    let mut xs = data::<f32>(seed, LEN + 16);
    for (k, x) in xs.iter_mut().enumerate() {
        let place = (k as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15 ^ seed) >> 58;
        if let Some(&bits) = ODD.get(place as usize) {
            *x = f32::from_bits(bits);
        }
    }
    xs
}

/// Ordinary numbers, and odd ones in a quarter of the rows and a fifth of the columns of a matrix of
/// 40 by 65. So the results of a reduction along either axis are NaN in part, and in greater part
/// finite.
fn odd_in_places(seed: u64) -> Vec<f32> {
    let mut xs = ordinary::<f32>(seed, LEN + 16);
    for (k, x) in xs.iter_mut().enumerate() {
        let (row, column) = (k / 65, k % 65);
        if row % 4 == 1 && column % 16 < 3 {
            *x = f32::from_bits(ODD[(row / 4 + column) % ODD.len()]);
        }
    }
    xs
}

macro_rules! same {
    (|$x:ident, $y:ident, $row:ident, $column:ident| $($expression:expr;)*) => {{
        let (xs, ys) = (odd(1), odd(2));
        $(
            same_at_every_level(stringify!($expression), |offset| {
                let $x = TensorView::<f32, shape![40, 65]>::new(&xs[offset..][..LEN]).unwrap();
                let $y = TensorView::<f32, shape![40, 65]>::new(&ys[16 - offset..][..LEN]).unwrap();
                let $row = TensorView::<f32, shape![65]>::new(&ys[offset..][..65]).unwrap();
                let column = &ys[100 + offset..][..40];
                let $column = TensorView::<f32, shape![40, 1]>::new(column).unwrap();
                let _ = ($x, $y, $row, $column);
                elements($expression)
            });
        )*
    }};
}

macro_rules! functions {
    ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
        special $_special:tt, bits $_f32:literal, $_f64:literal;)*) => {
        same! { |x, y, row, column| $(x.$name();)* }
    };
}
#[test]
fn functions_of_one_number() {
    functions_of_floats! { functions }
}

#[test]
fn elementwise() {
    same! { |x, y, row, column|
        x + y; x - row; x * y; column / x; x % row; -x; x.abs();
        x.relu(); x.powf(1.5); x.powi(3); x.recip(); x.sign();
        x.minimum(&y); x.maximum(&row); x.clip(&row, &column); row.stretch().clip(&column, 0.5);
        x.less(&y).where_(&y, &x);
        (x - row) / (row * row + 1.0).sqrt();
    }
}

/// The reductions of the table, along each axis and of all elements. More than half of the results
/// are finite: all bits of these are compared.
#[test]
fn reductions() {
    let (xs, all_ordinary) = (odd_in_places(1), ordinary::<f32>(2, LEN + 16));
    let compare = |name: &str, results: &dyn Fn(usize) -> Vec<f32>| {
        same_at_every_level(name, results);
        let found = results(0);
        let (all, finite) = (found.len(), found.iter().filter(|x| x.is_finite()).count());
        assert!(2 * finite > all, "{name}: of {all} results {finite} are finite");
    };
    let along =
        |offset: usize| TensorView::<f32, shape![40, 65]>::new(&xs[offset..][..LEN]).unwrap();
    let of_all = |offset: usize| {
        TensorView::<f32, shape![40, 65]>::new(&all_ordinary[offset..][..LEN]).unwrap()
    };
    macro_rules! reductions {
        ($($of_all:ident $over_axes:ident;)*) => {$(
            let name = stringify!($over_axes);
            compare(name, &|offset| elements(along(offset).$over_axes(Axis::<0>)));
            compare(name, &|offset| elements(along(offset).$over_axes(Axis::<1>)));
            compare(stringify!($of_all), &|offset| {
                vec![of_all(offset).row(offset).$of_all(), (of_all(offset) / 64.0 + 1.0).$of_all()]
            });
        )*};
    }
    reductions_of_floats! { reductions }
}

/// Expressions of reductions. Most results are NaN.
#[test]
fn expressions_of_reductions() {
    same! { |x, y, row, column|
        x.softmax(Axis::<0>); x.softmax(Axis::<1>); x.log_softmax(Axis::<1>);
        (x - x.max_axis(Axis::<1>).keepdims()) * column; (x + y).sum_axis((Axis::<0>, Axis::<1>));
    }
}

/// The comparison itself: two NaNs are the same whatever their bits, a NaN and a number are
/// different.
#[test]
fn nans_are_the_same() {
    let (quiet, negative) = (f32::from_bits(0x7fc0_0000), f32::from_bits(0xffc1_2345));
    assert!(quiet.same(negative) && negative.same(quiet));
    assert!(!quiet.same(1.0) && !f32::INFINITY.same(negative) && !0.0f32.same(-0.0));
}
