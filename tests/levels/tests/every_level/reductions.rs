//! Reductions of all elements, along lanes and across them, and softmax.

use shapewright::prelude::*;

use super::{Comparison, ValueKind, compare, expect_hash};

/// Compares expressions of the operands, once for each kind of values. `$set` is the method of
/// [`Output`](super::Output) that stores the result.
macro_rules! compare_kinds {
    ($t:ty, $shortest:literal, $kinds:expr, $set:ident, |$given:ident| $($expression:expr;)*) => {$(
        for &kind in $kinds {
            let what = concat!(stringify!($t), ": ", stringify!($expression));
            let comparison = Comparison { what, shortest: $shortest, kind, pairs: 1 };
            compare::<$t, _>(comparison, &|$given, out| out.$set($expression));
        }
    )*};
}
/// Compares expressions whose results are tensors.
macro_rules! same {
    ($t:ty, $shortest:literal, $($rest:tt)*) => {
        compare_kinds! { $t, $shortest, ValueKind::USUAL, set, $($rest)* }
    };
}
/// Compares expressions whose results are arrays of numbers.
macro_rules! same_numbers {
    ($t:ty, $shortest:literal, $($rest:tt)*) => {
        compare_kinds! { $t, $shortest, ValueKind::USUAL, numbers, $($rest)* }
    };
}
/// Compares statistics that are tensors. The values include those whose mean and variance are hard
/// to compute.
macro_rules! same_statistics {
    ($t:ty, $($rest:tt)*) => {
        compare_kinds! { $t, 0, ValueKind::ALL, set, $($rest)* }
    };
}
/// Compares statistics that are arrays of numbers.
macro_rules! same_statistic_numbers {
    ($t:ty, $($rest:tt)*) => {
        compare_kinds! { $t, 0, ValueKind::ALL, numbers, $($rest)* }
    };
}

/// Compares the mean and the variance, computed in one pass.
macro_rules! same_pairs {
    ($t:ty, |$given:ident| $($x:expr, $axis:expr;)*) => {$(
        let what =
            concat!(stringify!($t), ": moments of ", stringify!($x), " over ", stringify!($axis));
        for &kind in ValueKind::ALL {
            let comparison = Comparison { what, shortest: 0, kind, pairs: 1 };
            compare::<$t, $t>(comparison, &|$given, out| {
                let (mean, var) = $x.moments_axis($axis).to_tensors();
                out.set(mean.concat(&var, Axis::<0>));
            });
        }
    )*};
}

// Each expression takes the compiler seconds. So there is one for each operation, and one for each
// way to reduce with each kind of state. Operations that differ only in the last step share their
// loops.

/// The reductions that are compared for each type of numbers.
macro_rules! of_numbers {
    ($($t:ty)*) => {$(
        same_numbers! { $t, 0, |given| [(&given.x * &given.y).sum()]; }
        same_numbers! { $t, 1, |given| [given.x.max()]; given.x.argmin(); }
        same! { $t, 0, |given| given.wide.sum_axis(Axis::<0>); }
        same! { $t, 1, |given| given.tall.argmax_axis(Axis::<0>); }
    )*};
}
/// The reductions that are compared for each type of floats.
macro_rules! of_floats {
    ($($t:ty)*) => {$(
        same_statistic_numbers! { $t, |given| [given.x.var()]; }
        same! { $t, 0, |given|
            given.tall.sum_axis(Axis::<0>); given.middle.sum_axis((Axis::<0>, Axis::<2>));
        }
        same_statistics! { $t, |given| given.tall.var_axis(Axis::<0>).ddof(1); }
        same! { $t, 1, |given| given.wide.softmax(Axis::<1>); }
    )*};
}

#[test]
fn of_f32() {
    expect_hash(0x6a80_5019_4b18_1ea4, || {
        of_numbers! { f32 }
        of_floats! { f32 }
        same_numbers! { f32, 0, |given|
            [given.spread.sum()]; [(&given.x / 64.0 + 1.0).prod()]; [given.x.count_nonzero()];
        }
        same_statistic_numbers! { f32, |given|
            [given.x.mean()]; [given.x.std()];
            { let moments = given.x.moments(); [moments.mean(), moments.m2(), moments.var(1)] };
        }
        same_numbers! { f32, 1, |given|
            [given.backwards.min()]; given.x.argmax(); [given.x.logsumexp()];
        }
        same! { f32, 0, |given|
            (&given.tall / 64.0 + 1.0).prod_axis(Axis::<0>);
            (&given.wide * &given.x).sum_axis(Axis::<1>).keepdims() + &given.wide;
            given.tall.count_nonzero_axis(Axis::<1>);
        }
        same_statistics! { f32, |given|
            given.wide.var_axis(Axis::<1>); given.middle.std_axis((Axis::<0>, Axis::<2>));
            &given.tall - given.tall.mean_axis(Axis::<0>).keepdims();
            (&given.wide * 1.5).var_axis(Axis::<1>); (&given.tall * 1.5).var_axis(Axis::<0>);
        }
        same! { f32, 1, |given|
            given.tall.min_axis(Axis::<0>); given.wide.max_axis(Axis::<1>);
            given.middle.argmin_axis((Axis::<0>, Axis::<2>));
            given.tall.softmax(Axis::<0>); given.middle.softmax((Axis::<0>, Axis::<2>));
            given.wide.log_softmax(Axis::<1>); given.wide.logsumexp_axis(Axis::<0>);
        }
        same_pairs! { f32, |given| given.tall, Axis::<0>; }
    });
}
#[test]
fn of_f64() {
    expect_hash(0xd147_83ba_60b3_02dd, || {
        of_numbers! { f64 }
        of_floats! { f64 }
    });
}
#[test]
fn of_integers() {
    expect_hash(0x3afd_c089_957e_cd9d, || {
        of_numbers! { i32 u8 }
        same_numbers! { i32, 0, |given| [given.x.prod()]; }
    });
}
#[test]
fn of_bool() {
    expect_hash(0xb099_e33b_01d6_4f96, || {
        // About half of the elements are false. So two expressions are false, or true, everywhere.
        same_numbers! { bool, 0, |given|
            [given.x.any()]; [given.x.all()]; [(!&given.x & &given.x).any()];
            [(!&given.x | &given.x).all()]; [given.x.count_nonzero()];
        }
        same! { bool, 0, |given|
            given.wide.all_axis(Axis::<0>); given.tall.any_axis(Axis::<0>);
            given.tall.count_nonzero_axis(Axis::<0>);
        }
    });
}
