//! Comparison of elements, and the distance of two floats.

use shapewright::{Element, Float, IntoExpr, Shape, prelude::*};

/// An element that tests compare, and read from a table.
pub trait Value: Element {
    /// The type's name in a table.
    const NAME: &'static str;

    /// The element that `text` denotes, exactly, as tables contain shortest decimal numbers.
    fn read(text: &str) -> Option<Self>;

    /// Whether both are NaN, or the bits are the same.
    fn same(self, other: Self) -> bool;
}

macro_rules! values {
    ($($t:ident: |$a:ident, $b:ident| $same:expr;)*) => {$(
        impl Value for $t {
            const NAME: &'static str = stringify!($t);
            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }
            fn same(self, other: Self) -> bool {
                let ($a, $b) = (self, other);
                $same
            }
        }
    )*};
}
values! {
    f32: |a, b| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    f64: |a, b| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    bool: |a, b| a == b;
}
macro_rules! integers {
    ($($t:ident: $($_wide:ident)*;)*) => {
        values! { $($t: |a, b| a == b;)* }
    };
}
crate::each_integer! { integers }

/// Floats, whose values can be enumerated.
pub trait Ulps: Value + Float {
    /// The distance from 1 to the next larger value.
    const EPSILON: f64;

    /// The number of values between the two, where -0.0 and +0.0 are the same value; 0 for two
    /// NaNs, and the maximum for a NaN and a number.
    fn ulps(self, other: Self) -> u64;
}
macro_rules! ulps {
    ($($t:ident, $int:ident;)*) => {$(
        impl Ulps for $t {
            const EPSILON: f64 = $t::EPSILON as f64;
            fn ulps(self, other: Self) -> u64 {
                // Floats are sign and magnitude: the magnitude counts the values from 0.
                let place = |x: $t| {
                    let magnitude = i128::from(x.abs().to_bits());
                    if x.is_sign_negative() { -magnitude } else { magnitude }
                };
                match (self.is_nan(), other.is_nan()) {
                    (true, true) => 0,
                    (false, false) => (place(self) - place(other)).unsigned_abs() as u64,
                    _ => u64::MAX,
                }
            }
        }
    )*};
}
ulps! { f32, u32; f64, u64; }

/// The lengths and elements of a heap tensor or of a row of a table, without their types, so that
/// the same code compares all shapes.
pub type Row<'a, T> = (&'a [usize], &'a [T]);

/// Fails if the lengths differ, or if `holds` does not hold for two elements.
#[track_caller]
pub fn assert_all<T: Value>(
    found: Row<'_, T>,
    expected: Row<'_, T>,
    what: &str,
    holds: &dyn Fn(T, T) -> bool,
) {
    assert_eq!(found.0, expected.0, "the shape of {what}");
    assert_eq!(found.1.len(), expected.1.len(), "the number of elements of {what}");
    for (at, (&found, &expected)) in found.1.iter().zip(expected.1).enumerate() {
        assert!(holds(found, expected), "{what}: element {at} is {found:?}, not {expected:?}");
    }
}

/// Fails if the lengths differ, or if two elements are not the same.
#[track_caller]
pub fn assert_same<T: Value>(found: Row<'_, T>, expected: Row<'_, T>, what: &str) {
    assert_all(found, expected, what, &|a, b| a.same(b));
}

/// Fails if two expressions do not have the same elements.
#[track_caller]
pub fn assert_agree<X, Y>(found: X, expected: Y)
where
    X: IntoExpr<Elem: Value>,
    Y: IntoExpr<Elem = X::Elem, Shape = X::Shape>,
{
    let (found, expected) = (found.to_tensor(), expected.to_tensor());
    let lengths = found.shape().lengths();
    assert_same(
        (lengths.as_ref(), found.as_slice()),
        (lengths.as_ref(), expected.as_slice()),
        "the expression",
    );
}
