//! The operations behind the methods of [`Elementwise`](super::Elementwise): each type here
//! computes one element of a result. Half-precision elements are computed in `f32`.

use crate::element::{Element, Float, Numeric, Signed, StandIn, stand_in};
use crate::expr::{BinaryOp, TernaryOp, UnaryOp};
pub use crate::kernels::reduce::sums::{Maximum, Minimum};
use crate::math::functions_of_floats;
use crate::run::level::EXPENSIVE;

/// The table of functions of one element that are short formulas, in groups by the trait that the
/// element must implement. A row has the documentation and name of the method, the name of the
/// node's operation, and the formula. The rows generate both the methods and the operations. The
/// `$bounds`, if any, are the traits of the groups once more, in the same order: they are passed on
/// first.
macro_rules! functions_by_formula {
    ($stamp:ident $($bounds:tt)*) => {
        $stamp! {
            [$($bounds)*]
            Signed {
                /// The absolute value `|x|`. The most negative integer wraps to itself.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![-2.0, 3.0].abs().to_tensor(), tensor![2.0, 3.0]);
                /// ```
                #[doc(alias("absolute", "fabs"))]
                abs Abs: |x| x.abs();
            }
            Numeric {
                /// The square `x * x`.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![2, -3].square().to_tensor(), tensor![4, 9]);
                /// ```
                #[doc(alias("pow2"))]
                square Square: |x| x.times(x);

                /// `x` where it is positive, 0 elsewhere; NaN stays NaN. It is `maximum(0)`, so -0.0
                /// becomes +0.0.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![-2.0, 3.0].relu().to_tensor(), tensor![0.0, 3.0]);
                /// ```
                relu Relu: |x| if x <= T::ZERO { T::ZERO } else { x };

                /// The sign of each element: -1, 0 or 1. It is 0 for -0.0, and NaN for NaN.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![-7.0, -0.0, 0.5].sign().to_tensor(), tensor![-1.0, 0.0, 1.0]);
                /// ```
                #[doc(alias("signum", "sgn"))]
                sign Sign: |x| sign(x);
            }
            Float {
                /// `1 / x`, correctly rounded.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![4.0, 0.0].recip().to_tensor(), tensor![0.25, f64::INFINITY]);
                /// ```
                #[doc(alias("reciprocal"))]
                recip Recip: |x| T::ONE.divided(x);

                /// `1 / sqrt(x)`. Both steps are correctly rounded, so the result is within 1.5 ULP.
                ///
                /// ```
                /// use shapewright::{prelude::*, tensor};
                /// assert_eq!(tensor![4.0, 0.0].rsqrt().to_tensor(), tensor![0.5, f64::INFINITY]);
                /// ```
                #[doc(alias("inv_sqrt"))]
                rsqrt Rsqrt: |x| T::ONE.divided(x.sqrt());
            }
        }
    };
}
pub(super) use functions_by_formula;

/// Generates the type `$node`, the operation that applies a function to one element.
macro_rules! unary {
    ($name:ident $node:ident: $element:ident, $weight:expr, |$x:ident| $apply:expr) => {
        #[doc = concat!("What [`", stringify!($name), "`](crate::ops::Elementwise::", stringify!($name), ") computes of each element.")]
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $node;
        impl<T: Element> UnaryOp<T> for $node {
            type Output = T;
            const WEIGHT: usize = $weight;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, x: T) -> T {
                #[cfg_attr(not(unoptimised), inline(always))]
                fn of<T: $element>($x: T) -> T {
                    $apply
                }
                stand_in!($element, T, as of(stand_in!($element, T, of x)))
            }
        }
    };
}
macro_rules! nodes_of_floats {
    ($($(#[$_doc:meta])* $name:ident $node:ident by $_module:ident($_f32:ident, $_f64:ident)
        $(, $weight:ident)? $(, within $_ulp:tt)?;)*) => {$(
        unary! { $name $node: Float, nodes_of_floats!(@weight $($weight)?), |x| x.$name() }
    )*};
    (@weight $weight:ident) => { $weight };
    (@weight) => { 1 };
}
functions_of_floats! { nodes_of_floats }
macro_rules! nodes_by_formula {
    ([] $($element:ident {
        $($(#[$_doc:meta])* $name:ident $node:ident: |$x:ident| $apply:expr;)*
    })*) => {$($(
        unary! { $name $node: $element, 1, |$x| $apply }
    )*)*};
}
functions_by_formula! { nodes_by_formula }

/// The sign of `x`, written without branches so that loops over it vectorise.
#[cfg_attr(not(unoptimised), inline(always))]
fn sign<T: Numeric>(x: T) -> T {
    let negative_or_zero = if x < T::ZERO { T::ZERO.minus(T::ONE) } else { T::ZERO };
    let number = if x > T::ZERO { T::ONE } else { negative_or_zero };
    #[expect(clippy::eq_op, reason = "NaN is what differs from itself")]
    if x == x { number } else { x }
}

/// Raises each element to the same power.
#[derive(Clone, Copy, Debug)]
pub struct Powf<T>(pub(super) T);
impl<T: Element> UnaryOp<T> for Powf<T> {
    type Output = T;
    const WEIGHT: usize = EXPENSIVE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> T {
        T::of_float(x.float().powf(self.0.float()))
    }
}
/// Raises each element to the same integer power.
#[derive(Clone, Copy, Debug)]
pub struct Powi(pub(super) i32);
impl<T: Element> UnaryOp<T> for Powi {
    type Output = T;
    const WEIGHT: usize = EXPENSIVE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> T {
        T::of_float(x.float().powi(self.0))
    }
}

/// Raises an element to the power of another.
#[derive(Clone, Copy, Debug)]
pub struct Pow;
impl<T: Element> BinaryOp<T, T> for Pow {
    type Output = T;
    const WEIGHT: usize = EXPENSIVE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, exponent: T) -> T {
        T::of_float(x.float().powf(exponent.float()))
    }
}

impl<T: Element> BinaryOp<T, T> for Minimum {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, a: T, b: T) -> T {
        T::of_numeric(a.numeric().minimum(b.numeric()))
    }
}
impl<T: Element> BinaryOp<T, T> for Maximum {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, a: T, b: T) -> T {
        T::of_numeric(a.numeric().maximum(b.numeric()))
    }
}
/// Limits an element to the range between two bounds.
#[derive(Clone, Copy, Debug)]
pub struct Clip;
impl<T: Element> TernaryOp<T, T, T> for Clip {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, low: T, high: T) -> T {
        T::of_numeric(x.numeric().maximum(low.numeric()).minimum(high.numeric()))
    }
}

/// The assumed cost of a user's function, in additions.
const UNKNOWN: usize = 2;

/// Applies a user's function.
#[derive(Clone, Copy)]
pub struct Function<F>(pub(super) F);
impl<F> core::fmt::Debug for Function<F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Function")
    }
}
impl<T, U: Element, F: Fn(T) -> U + Sync> UnaryOp<T> for Function<F> {
    type Output = U;
    const WEIGHT: usize = UNKNOWN;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> U {
        (self.0)(x)
    }
}
impl<A, B, U: Element, F: Fn(A, B) -> U + Sync> BinaryOp<A, B> for Function<F> {
    type Output = U;
    const WEIGHT: usize = UNKNOWN;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, a: A, b: B) -> U {
        (self.0)(a, b)
    }
}

/// `x * scale + shift`: a multiplication, then an addition, without fusing the two. Half-precision
/// elements are rounded once, after the addition.
#[derive(Clone, Copy, Debug)]
pub struct ScaleShift;
impl<T: Float> TernaryOp<T, T, T> for ScaleShift {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, scale: T, shift: T) -> T {
        T::of_float(x.float().times(scale.float()).plus(shift.float()))
    }
}
