//! Reductions of all elements, along lanes and across them, and softmax.

use super::{Ask, compare};
use crate::prelude::*;

/// Asks of expressions over the operands, which are ordinary numbers, and then once more with special ones among them.
macro_rules! same {
    ($t:ty, $least:literal, |$given:ident| $($expression:expr;)*) => {$(
        for special in [false, true] {
            let what = concat!(stringify!($t), ": ", stringify!($expression));
            compare::<$t, _>(Ask { what, least: $least, special, turns: 1 }, &|$given, out| out.set($expression));
        }
    )*};
}
/// The same of numbers.
macro_rules! same_numbers {
    ($t:ty, $least:literal, |$given:ident| $($expression:expr;)*) => {$(
        for special in [false, true] {
            let what = concat!(stringify!($t), ": ", stringify!($expression));
            compare::<$t, _>(Ask { what, least: $least, special, turns: 1 }, &|$given, out| out.numbers($expression));
        }
    )*};
}

macro_rules! of_numbers {
    ($($t:ty)*) => {$(
        same_numbers! { $t, 0, |given| [given.x.sum()]; [(&given.x * &given.y).sum()]; [given.spread.sum()]; [given.x.count_nonzero()]; }
        same_numbers! { $t, 1, |given| [given.x.min()]; [given.x.max()]; given.x.argmin(); given.x.argmax(); }
        same! { $t, 0, |given|
            given.wide.sum_axis(Axis::<0>); given.wide.sum_axis(Axis::<1>); given.tall.sum_axis(Axis::<0>); given.tall.sum_axis(Axis::<1>);
            given.middle.sum_axis((Axis::<0>, Axis::<2>)); given.wide.count_nonzero_axis(Axis::<0>);
        }
        same! { $t, 1, |given|
            given.wide.max_axis(Axis::<1>); given.wide.argmin_axis(Axis::<0>); given.tall.min_axis(Axis::<0>);
            given.tall.argmax_axis(Axis::<0>); given.middle.argmax_axis((Axis::<0>, Axis::<2>));
        }
    )*};
}
macro_rules! of_floats {
    ($($t:ty)*) => {$(
        same_numbers! { $t, 0, |given|
            [(&given.x / 64.0 + 1.0).prod()]; [given.x.mean()]; [given.x.var()]; [given.x.std()]; [given.x.logsumexp()];
            { let moments = given.x.moments(); [moments.mean(), moments.m2(), moments.var(1)] };
        }
        same! { $t, 0, |given|
            (&given.tall / 64.0 + 1.0).prod_axis(Axis::<0>); given.wide.mean_axis(Axis::<1>); given.tall.mean_axis(Axis::<0>);
            given.wide.var_axis(Axis::<1>); given.wide.var_axis(Axis::<0>); given.tall.std_axis(Axis::<0>).ddof(1);
            given.middle.var_axis((Axis::<0>, Axis::<2>));
            &given.tall - given.tall.mean_axis(Axis::<0>).keepdims(); (&given.wide * &given.x).sum_axis(Axis::<1>).keepdims() + &given.wide;
        }
        same! { $t, 1, |given|
            given.wide.softmax(Axis::<1>); given.wide.softmax(Axis::<0>); given.tall.softmax(Axis::<0>);
            given.middle.softmax((Axis::<0>, Axis::<2>)); given.wide.log_softmax(Axis::<1>); given.tall.log_softmax(Axis::<0>);
            given.wide.logsumexp_axis(Axis::<1>); given.wide.logsumexp_axis(Axis::<0>);
        }
        same_pairs! { $t, |given| given.wide, Axis::<1>; given.tall, Axis::<0>; }
    )*};
}
/// The same of the mean and the variance in one pass.
macro_rules! same_pairs {
    ($t:ty, |$given:ident| $($x:expr, $axis:expr;)*) => {$(
        let what = concat!(stringify!($t), ": moments of ", stringify!($x), " over ", stringify!($axis));
        for special in [false, true] {
            compare::<$t, $t>(Ask { what, least: 0, special, turns: 1 }, &|$given, out| {
                let (mean, var) = $x.moments_axis($axis).to_tensors();
                out.set(mean.concat(&var, Axis::<0>));
            });
        }
    )*};
}

#[test]
fn of_f32() {
    of_numbers! { f32 }
    of_floats! { f32 }
}
#[test]
fn of_f64() {
    of_numbers! { f64 }
    of_floats! { f64 }
}
#[test]
fn of_integers() {
    of_numbers! { i32 u8 }
    same_numbers! { i32, 0, |given| [given.x.prod()]; }
    same! { i32, 0, |given| given.tall.prod_axis(Axis::<0>); }
}
#[test]
fn of_bool() {
    // One element in two is false, and of few elements all or none may be.
    same_numbers! { bool, 0, |given| [given.x.all(), given.x.any()]; [(!&given.x & &given.x).any()]; [(!&given.x | &given.x).all()]; [given.x.count_nonzero()]; }
    same! { bool, 0, |given|
        given.wide.all_axis(Axis::<0>); given.wide.any_axis(Axis::<1>); given.tall.any_axis(Axis::<0>); given.tall.all_axis(Axis::<1>);
        given.tall.count_nonzero_axis(Axis::<0>);
    }
}
