//! Elementwise operations, into memory and in place.

use shapewright::prelude::*;
use shapewright_levels::functions_of_floats;

use super::operands::Doubled;
use super::{ALL_PLACES, Comparison, Output, ValueKind, compare, expect_hash};

/// How everything is compared here. On x86-64, with operands of `f32` and `f64`, all pairs of
/// positions are tried.
const EACH: Comparison = Comparison {
    what: "",
    shortest: 0,
    kind: ValueKind::Special,
    pairs: if ALL_PLACES { 256 } else { 1 },
};

/// Compares expressions of the operands.
macro_rules! same {
    ($t:ty, |$given:ident| $($expression:expr;)*) => {$(
        let what = concat!(stringify!($t), ": ", stringify!($expression));
        compare::<$t, _>(Comparison { what, ..EACH }, &|$given, out| out.set($expression));
    )*};
}

/// Compares statements that update `out`, a view of the shape of the operand that is named first.
macro_rules! same_in_place {
    ($t:ty, |$given:ident, $out:ident| $($shape:ident: $statement:expr;)*) => {$(
        let what = concat!(stringify!($t), ": ", stringify!($statement));
        compare::<$t, $t>(Comparison { what, ..EACH }, &|$given, result: &mut Output<$t>| {
            result.update($given.$shape.shape(), |mut $out| $statement);
        });
    )*};
}

macro_rules! arithmetic {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            &given.x + &given.y; &given.x - &given.y; &given.x * &given.y; &given.x / &given.y;
            &given.x % &given.y;
            given.x.minimum(&given.y); given.x.maximum(&given.y); given.x.clip(&given.y, &given.x);
            given.x.square(); given.x.sign();
            given.x.less(&given.y); given.x.less_equal(&given.y); given.x.greater(&given.y);
            given.x.greater_equal(&given.y);
            given.x.equal(&given.y); given.x.not_equal(&given.y);
            given.x.less(&given.y).where_(&given.y, &given.x);
            given.x.map(|x| x == x).where_(&given.backwards, &given.spread);
            given.x.zip_with(&given.y, #[inline(always)] |x, y| if x > y { x } else { y - x });
        }
    )*};
}
/// Operands that are stretched, strided or in another order.
macro_rules! layouts {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            &given.x + 3 as $t; &given.wide - &given.x; &given.wide * &given.column;
            &given.x + &given.spread; &given.x * &given.backwards;
            given.tall.permute_dims((Axis::<1>, Axis::<0>)) - &given.y;
            given.x.concat_to(&given.y, Axis::<0>, Doubled.of(2 * given.n));
        }
    )*};
}
macro_rules! in_place {
    ($($t:ty)*) => {$(
        same_in_place! { $t, |given, out|
            x: out -= &given.spread; x: out %= &given.x; wide: out += &given.x;
            wide: out *= &given.column; wide: out /= 3 as $t;
            wide: out.assign(&given.x * &given.y); wide: out.assign(given.column.square());
        }
    )*};
}
macro_rules! bits {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            &given.x & &given.y; &given.x | &given.y; &given.x ^ &given.y; !&given.x;
        }
        same_in_place! { $t, |given, out|
            x: out &= &given.x; x: out |= &given.x; x: out ^= &given.x;
        }
    )*};
}

/// The functions that are not in the table.
macro_rules! other_functions {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            -&given.x; given.x.abs(); given.x.recip(); given.x.relu(); given.x.powf(1.7);
            given.x.powi(-3); given.x.powi(9);
            (&given.wide - &given.x) / (&given.column + 1e-5).sqrt() * &given.y + &given.column;
        }
    )*};
}
macro_rules! casts {
    ($($from:ty => $to:ty;)*) => {$(
        same! { $from, |given| given.x.map(#[inline(always)] |x| x as $to); }
    )*};
}

#[test]
fn of_f32() {
    expect_hash(0x7037_35b8_a8ee_8524, || {
        arithmetic! { f32 }
        layouts! { f32 }
        in_place! { f32 }
        other_functions! { f32 }
    });
}
#[test]
fn of_f64() {
    expect_hash(0xacfa_2064_32ab_24d9, || {
        arithmetic! { f64 }
        in_place! { f64 }
        other_functions! { f64 }
    });
}

/// Compares the functions of the table.
macro_rules! functions {
    ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
        special $_special:tt, bits $_f32:literal, $_f64:literal;)*) => {
        same! { f32, |given| $(given.x.$name();)* }
        same! { f64, |given| $(given.x.$name();)* }
    };
}
/// There is no hash here: `math_bits.rs` has hashes of each function.
#[test]
fn of_functions() {
    functions_of_floats! { functions }
}

#[test]
fn of_integers() {
    expect_hash(0xfe3d_fb95_301a_6c0a, || {
        arithmetic! { i32 u8 }
        layouts! { u8 }
        in_place! { i32 }
        bits! { i32 u8 }
        same! { i32, |given| -&given.x; given.x.abs(); }
    });
}
#[test]
fn of_bool() {
    expect_hash(0x288c_27b1_4f8b_aa41, || {
        bits! { bool }
        same! { bool, |given| given.x.where_(1.5f32, -0.5); given.x.equal(&given.y); }
    });
}
#[test]
fn of_predicates_and_powers() {
    expect_hash(0x7ef7_3856_3ad2_e3e1, || {
        macro_rules! floats {
            ($($t:ty)*) => {$(
                same! { $t, |given|
                    given.x.is_nan(); given.x.is_finite(); given.x.is_infinite(); given.x.silu();
                    given.spread.silu();
                    given.x.pow(&given.y); given.wide.pow(&given.column);
                    given.x.pow(&given.backwards);
                }
            )*};
        }
        floats! { f32 f64 }
    });
}
#[test]
fn of_casts() {
    expect_hash(0x80db_c66d_90be_5058, || {
        casts! {
            f32 => f64; f64 => f32; f32 => i32; i32 => f32; f64 => i64; i64 => f64; u8 => f32;
            f32 => u8; i16 => i32; i32 => u8;
        }
    });
}
