//! Elementwise operations, into memory and in place.

use super::{Kind, Out, PAIRS, Query, compare, expect_hash, run};
use crate::prelude::*;

const ASK: Query = Query { what: "", least: 0, kind: Kind::Special, pairs: PAIRS };

/// Asks of expressions over the operands.
macro_rules! same {
    ($t:ty, |$given:ident| $($expression:expr;)*) => {$(
        let what = concat!(stringify!($t), ": ", stringify!($expression));
        compare::<$t, _>(Query { what, ..ASK }, &|$given, out| out.set($expression));
    )*};
}

/// Asks of statements that change `out`.
macro_rules! same_in_place {
    ($t:ty, |$given:ident, $out:ident| $($shape:ident: $statement:expr;)*) => {$(
        let what = concat!(stringify!($t), ": ", stringify!($statement));
        compare::<$t, $t>(Query { what, ..ASK }, &|$given, result: &mut Out<$t>| {
            result.change($given.$shape.shape(), |mut $out| $statement);
        });
    )*};
}

macro_rules! arithmetic {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            &given.x + &given.y; &given.x - &given.y; &given.x * &given.y; &given.x / &given.y; &given.x % &given.y;
            given.x.minimum(&given.y); given.x.maximum(&given.y); given.x.clip(&given.y, &given.x); given.x.square(); given.x.sign();
            given.x.less(&given.y); given.x.less_equal(&given.y); given.x.greater(&given.y); given.x.greater_equal(&given.y);
            given.x.equal(&given.y); given.x.not_equal(&given.y);
            given.x.less(&given.y).where_(&given.y, &given.x); given.x.map(|x| x == x).where_(&given.backwards, &given.spread);
            given.x.zip_with(&given.y, #[inline(always)] |x, y| if x > y { x } else { y - x });
        }
    )*};
}
/// What stretches, has strides, or is in another order.
macro_rules! layouts {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            &given.x + 3 as $t; &given.wide - &given.x; &given.wide * &given.column; &given.x + &given.spread; &given.x * &given.backwards;
            given.tall.permute_dims((Axis::<1>, Axis::<0>)) - &given.y; given.x.concat_to(&given.y, Axis::<0>, run::<1>(2 * given.n));
        }
    )*};
}
macro_rules! in_place {
    ($($t:ty)*) => {$(
        same_in_place! { $t, |given, out|
            x: out -= &given.spread; x: out %= &given.x; wide: out += &given.x; wide: out *= &given.column; wide: out /= 3 as $t;
            wide: out.assign(&given.x * &given.y); wide: out.assign(given.column.square());
        }
    )*};
}
macro_rules! bits {
    ($($t:ty)*) => {$(
        same! { $t, |given| &given.x & &given.y; &given.x | &given.y; &given.x ^ &given.y; !&given.x; }
        same_in_place! { $t, |given, out| x: out &= &given.x; x: out |= &given.x; x: out ^= &given.x; }
    )*};
}

macro_rules! functions {
    ($($t:ty)*) => {$(
        same! { $t, |given|
            -&given.x; given.x.abs(); given.x.sqrt(); given.x.rsqrt(); given.x.recip(); given.x.round(); given.x.floor(); given.x.ceil();
            given.x.relu(); given.x.exp(); given.x.expm1(); given.x.ln(); given.x.log1p(); given.x.sin(); given.x.cos(); given.x.tan(); given.x.tanh();
            given.x.sigmoid(); given.x.gelu(); given.x.powf(1.7); given.x.powi(-3); given.x.powi(9);
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
    expect_hash(0xcd7e_8c01_7c18_a78e, || {
        arithmetic! { f32 }
        layouts! { f32 }
        in_place! { f32 }
        functions! { f32 }
    });
}
#[test]
fn of_f64() {
    expect_hash(0x0e2b_b97e_b343_2303, || {
        arithmetic! { f64 }
        in_place! { f64 }
        functions! { f64 }
    });
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
fn of_floats_and_what_they_are() {
    expect_hash(0x7ef7_3856_3ad2_e3e1, || {
        macro_rules! floats {
            ($($t:ty)*) => {$(
                same! { $t, |given|
                    given.x.is_nan(); given.x.is_finite(); given.x.is_infinite(); given.x.silu(); given.spread.silu();
                    given.x.pow(&given.y); given.wide.pow(&given.column); given.x.pow(&given.backwards);
                }
            )*};
        }
        floats! { f32 f64 }
    });
}
#[test]
fn of_casts() {
    expect_hash(0x80db_c66d_90be_5058, || {
        casts! { f32 => f64; f64 => f32; f32 => i32; i32 => f32; f64 => i64; i64 => f64; u8 => f32; f32 => u8; i16 => i32; i32 => u8; }
    });
}
