//! Matrix products. Their sums of floats may be contracted and reordered, so they are compared
//! within a bound. Integers, and products of two vectors, which are sums, are compared bit by bit.

use shapewright::{Level, Numeric, dim, prelude::*};
use shapewright_levels::lock_level;

use super::operands::{LONGEST, Lines, places};
use super::{Comparison, Output, Scattered, ValueKind, compare, expect_hash};

dim!(pub Rows, pub Inner, pub Columns);

/// An element whose products are compared.
trait Multiplied: Scattered + Numeric {
    /// The element as a float, exactly.
    fn wide(self) -> f64;
    /// Whether this sum of `inner` products, whose magnitudes add up to `size`, is near that of the
    /// scalar level: both may differ from the exact sum by the bound.
    fn is_near(self, scalar: Self, inner: usize, size: f64) -> bool;
}
macro_rules! multiplied {
    ($($t:ty: |$found:ident, $scalar:ident, $inner:ident, $size:ident| $near:expr;)*) => {$(
        impl Multiplied for $t {
            fn wide(self) -> f64 {
                f64::from(self)
            }
            fn is_near(self, $scalar: Self, $inner: usize, $size: f64) -> bool {
                let $found = self;
                $near
            }
        }
    )*};
}
multiplied! {
    f32: |found, scalar, inner, size|
        f64::from((found - scalar).abs()) <= 2.0 * inner as f64 * f64::from(f32::EPSILON) * size;
    f64: |found, scalar, inner, size|
        (found - scalar).abs() <= 2.0 * inner as f64 * f64::EPSILON * size;
    i32: |found, scalar, _inner, _size| found == scalar;
    u8: |found, scalar, _inner, _size| found == scalar;
}

/// Products of `[rows, inner]` with `[inner, columns]`, of which one is the length under test: of
/// few elements and many, of vectors and matrices.
const LENS: [fn(usize) -> [usize; 3]; 9] = [
    |n| [n, 7, 9],
    |n| [5, n, 6],
    |n| [4, 9, n],
    |n| [n, 33, 40],
    |n| [13, n, 37],
    |n| [14, 65, n],
    |n| [n, 70, 1],
    |n| [1, n, 21],
    |n| [1, 19, n],
];

fn matrices<T: Multiplied>() {
    let _one_at_a_time = lock_level();
    let mut state = 3;
    let mut next = || T::next(&mut state, ValueKind::Ordinary);
    // The largest matrix of `LENS`.
    let most = 70 * LONGEST;
    let (a, b) = (Lines::new(most, &mut next), Lines::new(most, &mut next));
    let mut out = Output::new(most);
    let mut expected = Vec::new();
    for n in 0..=LONGEST {
        for (k, lens) in LENS.iter().enumerate() {
            let [rows, inner, columns] = lens(n);
            let (place, other) = ((n + k) % places::<T>(), (5 * n + 3 * k) % places::<T>());
            let (a, b) = (a.at(place), b.at(other));
            // Row-major, or column-major.
            let strides = |rows: usize, columns: usize, turned: bool| {
                if turned { [1, rows as isize] } else { [columns as isize, 1] }
            };
            let [a_turned, b_turned] = [n / 2 % 2 == 1, n / 4 % 2 == 1];
            let left = TensorView::from_shape_strides(
                shape![Rows.of(rows), Inner.of(inner)],
                a,
                0,
                strides(rows, inner, a_turned),
            )
            .expect("the elements are there");
            let right = TensorView::from_shape_strides(
                shape![Inner.of(inner), Columns.of(columns)],
                b,
                0,
                strides(inner, columns, b_turned),
            )
            .expect("the elements are there");
            let says = |level| {
                format!(
                    "{rows} by {inner} by {columns} from {place} and {other}, \
                     turned {a_turned} {b_turned}, at {level}"
                )
            };
            let mut product = |level: Level, place| {
                level.force();
                out.place = place;
                out.set(left.matmul(&right));
                out.found(&|| says(level)).to_vec()
            };
            expected.clear();
            expected.extend(product(Level::SCALAR, 0));
            for level in Level::available() {
                let found = product(level, (n / 3 + k) % places::<T>());
                assert_eq!(found.len(), rows * columns, "{}", says(level));
                for (at, (&found, &expected)) in found.iter().zip(&expected).enumerate() {
                    let (i, j) = (at / columns, at % columns);
                    let term = |p| left[[i, p]].wide() * right[[p, j]].wide();
                    let near = found.same(expected)
                        || found.is_near(
                            expected,
                            inner,
                            (0..inner).map(|p| f64::abs(term(p))).sum(),
                        );
                    assert!(near, "{}: {found:?} at {i} {j}, not {expected:?}", says(level));
                }
            }
        }
    }
    Level::best().force();
}

#[test]
fn of_f32() {
    matrices::<f32>();
}
#[test]
fn of_f64() {
    matrices::<f64>();
}
#[test]
fn of_integers() {
    matrices::<i32>();
    matrices::<u8>();
}

macro_rules! same {
    ($t:ty, |$given:ident| $($expression:expr;)*) => {$(
        for &kind in ValueKind::USUAL {
            let what = concat!(stringify!($t), ": ", stringify!($expression));
            let comparison = Comparison { what, shortest: 0, kind, pairs: 1 };
            compare::<$t, _>(comparison, &|$given, out| out.set($expression));
        }
    )*};
}
#[test]
fn of_two_vectors() {
    expect_hash(0x7304_e4bc_ffbd_d9c5, || {
        same! { f32, |given| given.x.matmul(&given.y); given.spread.matmul(&given.backwards); }
        same! { f64, |given| given.x.matmul(&given.y); }
        same! { i32, |given| given.x.matmul(&given.y); }
    });
}

/// Products of vectors with matrices, of integers alone: those of floats may differ by level.
#[test]
fn of_vectors_and_matrices() {
    expect_hash(0xfbbb_816f_9671_4306, || {
        same! { i32, |given|
            given.x.matmul(&given.tall); given.wide.matmul(&given.y);
            given.wide.matmul(&given.tall);
        }
    });
}
