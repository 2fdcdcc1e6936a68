//! Operations that rearrange elements or pad them, and cumulative ones.

use shapewright::{prelude::*, stack};

use super::{Comparison, ValueKind, compare, expect_hash};

/// Compares expressions of the operands, for lengths from `$shortest` on.
macro_rules! same {
    ($t:ty, $shortest:literal, |$given:ident| $($expression:expr;)*) => {$(
        let what = concat!(stringify!($t), ": ", stringify!($expression));
        let kind = ValueKind::Special;
        let comparison = Comparison { what, shortest: $shortest, kind, pairs: 1 };
        compare::<$t, _>(comparison, &|$given, out| out.set($expression));
    )*};
}

macro_rules! arranged {
    ($($t:ty)*) => {$(
        same! { $t, 0, |given|
            given.tall.windows(Axis::<1>, Window::<4, 5>);
            given.wide.windows(Axis::<0>, Window::<2>);
            given.tall.windows(Axis::<1>, Window::<3>).max_axis(Axis::<-1>);
            given.x.stack(&given.spread, Axis::<0>); given.x.stack(&given.y * &given.x, Axis::<1>);
            stack([&given.x, &given.backwards, &given.y], Axis::<-1>);
            given.wide.take(Axis::<0>, [2, 0, -1]); given.tall.take(Axis::<1>, [18u8, 0, 7]);
            (&given.tall + &given.tall).take(Axis::<1>, [3, 3]);
            given.wide.pad(Axis::<0>, Pad::<1, 2>, 7 as $t);
            given.x.pad(Axis::<0>, Pad::<3, 1>, 7 as $t);
            (&given.wide * &given.x).pad(Axis::<1>, Pad::<0, 5>, 1 as $t);
            given.wide.tril(1); (&given.wide - &given.x).triu(-1);
        }
        same! { $t, 3, |given|
            given.x.windows(Axis::<0>, Window::<3>);
            given.wide.windows(Axis::<1>, Window::<2, 1, 2>).min_axis(Axis::<-1>);
        }
        same! { $t, 1, |given|
            given.tall.take(Axis::<0>, [0, -1]);
            given.backwards.take(Axis::<0>, [[0, 0], [-1, 0]].as_flattened());
        }
    )*};
}
macro_rules! running {
    ($($t:ty)*) => {$(
        same! { $t, 0, |given|
            given.x.cumsum(Axis::<0>); given.spread.cumsum(Axis::<0>); given.wide.cumsum(Axis::<0>);
            given.wide.cumsum(Axis::<1>);
            given.tall.cumsum(Axis::<0>); (&given.tall + &given.tall).cumsum(Axis::<1>);
            given.middle.cumsum(Axis::<1>);
            (&given.middle + &given.x).cumsum(Axis::<0>); given.middle.cumprod(Axis::<2>);
            (&given.wide * &given.column).cumprod(Axis::<0>);
        }
    )*};
}

#[test]
fn of_f32() {
    expect_hash(0xf241_31e4_9915_b70c, || {
        arranged! { f32 }
        running! { f32 }
    });
}
#[test]
fn of_f64() {
    expect_hash(0x2286_8ee5_67fd_9ce6, || {
        running! { f64 }
    });
}
#[test]
fn of_u8() {
    expect_hash(0x7e1a_6316_4e6e_9796, || {
        arranged! { u8 }
        running! { u8 }
    });
}
