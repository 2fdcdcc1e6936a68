//! What the functions of [`Elementwise`](super::Elementwise) do to one element, or to what stands for it.

use crate::element::{Element, Float, Numeric, Signed, StandIn, stand_in};
use crate::expr::{BinaryOp, TernaryOp, UnaryOp};
use crate::run::level::DEAR;

macro_rules! unary {
    ($($name:ident: $element:ident, $($weight:ident,)? |$x:ident| $apply:expr, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: Element> UnaryOp<T> for $name {
            type Output = T;
            $(const WEIGHT: usize = $weight;)?
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, x: T) -> T {
                #[cfg_attr(not(unoptimised), inline(always))]
                fn of<T: $element>($x: T) -> T {
                    $apply
                }
                stand_in!($element, T, as of(stand_in!($element, T, of x)))
            }
        }
    )*};
}
unary! {
    Magnitude: Signed, |x| x.magnitude(), "`|x|`.";
    SquareRoot: Float, |x| x.square_root(), "The square root.";
    Square: Numeric, |x| x.times(x), "`x * x`.";
    Exponential: Float, DEAR, |x| x.exponential(), "e to the power x.";
    Logarithm: Float, DEAR, |x| x.logarithm(), "The natural logarithm.";
    ExponentialMinusOne: Float, DEAR, |x| x.exponential_minus_one(), "e to the power x, minus 1.";
    LogarithmOfOnePlus: Float, DEAR, |x| x.logarithm_of_one_plus(), "The natural logarithm of 1 + x.";
    Sine: Float, DEAR, |x| x.sine(), "The sine.";
    Cosine: Float, DEAR, |x| x.cosine(), "The cosine.";
    Tangent: Float, DEAR, |x| x.tangent(), "The tangent.";
    HyperbolicTangent: Float, DEAR, |x| x.hyperbolic_tangent(), "The hyperbolic tangent.";
    LogisticSigmoid: Float, DEAR, |x| x.logistic_sigmoid(), "`1 / (1 + exp(-x))`.";
    GaussianLinearUnit: Float, DEAR, |x| x.gaussian_linear_unit(), "GELU.";
    SigmoidLinearUnit: Float, DEAR, |x| x.sigmoid_linear_unit(), "SiLU.";
    RectifiedLinearUnit: Numeric, |x| if x <= T::ZERO { T::ZERO } else { x }, "ReLU.";
    Reciprocal: Float, |x| T::ONE.divided(x), "`1 / x`.";
    ReciprocalRoot: Float, |x| T::ONE.divided(x.square_root()), "`1 / sqrt(x)`.";
    Rounded: Float, |x| x.rounded(), "The nearest whole number.";
    RoundedDown: Float, |x| x.rounded_down(), "The largest whole number that is not above x.";
    RoundedUp: Float, |x| x.rounded_up(), "The smallest whole number that is not below x.";
    Sign: Numeric, |x| sign(x), "-1, 0 or 1.";
}

/// Without branches, as loops over it vectorise.
#[cfg_attr(not(unoptimised), inline(always))]
fn sign<T: Numeric>(x: T) -> T {
    let negative_or_zero = if x < T::ZERO { T::ZERO.minus(T::ONE) } else { T::ZERO };
    let number = if x > T::ZERO { T::ONE } else { negative_or_zero };
    #[expect(clippy::eq_op, reason = "NaN is what differs from itself")]
    if x == x { number } else { x }
}

/// An element to the same power.
#[derive(Clone, Copy, Debug)]
pub struct Power<T>(pub(super) T);
impl<T: Element> UnaryOp<T> for Power<T> {
    type Output = T;
    const WEIGHT: usize = DEAR;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> T {
        T::of_float(x.float().power(self.0.float()))
    }
}
/// An element to the same whole power.
#[derive(Clone, Copy, Debug)]
pub struct WholePower(pub(super) i32);
impl<T: Element> UnaryOp<T> for WholePower {
    type Output = T;
    const WEIGHT: usize = DEAR;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T) -> T {
        T::of_float(x.float().whole_power(self.0))
    }
}

/// An element to the power of another.
#[derive(Clone, Copy, Debug)]
pub struct PowerOf;
impl<T: Element> BinaryOp<T, T> for PowerOf {
    type Output = T;
    const WEIGHT: usize = DEAR;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, exponent: T) -> T {
        T::of_float(x.float().power(exponent.float()))
    }
}

/// The smaller of two elements.
#[derive(Clone, Copy, Debug)]
pub struct Smaller;
impl<T: Element> BinaryOp<T, T> for Smaller {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, a: T, b: T) -> T {
        T::of_numeric(a.numeric().smaller(b.numeric()))
    }
}
/// The larger of two elements.
#[derive(Clone, Copy, Debug)]
pub struct Larger;
impl<T: Element> BinaryOp<T, T> for Larger {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, a: T, b: T) -> T {
        T::of_numeric(a.numeric().larger(b.numeric()))
    }
}
/// An element between two bounds.
#[derive(Clone, Copy, Debug)]
pub struct Clip;
impl<T: Element> TernaryOp<T, T, T> for Clip {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, low: T, high: T) -> T {
        T::of_numeric(x.numeric().larger(low.numeric()).smaller(high.numeric()))
    }
}

/// The weight of a function that cannot be looked into.
const UNKNOWN: usize = 2;

/// A function of the user's own.
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

/// `x * scale + shift`: a multiply, then an add. Halves are rounded behind both.
#[derive(Clone, Copy, Debug)]
pub struct ScaleShift;
impl<T: Float> TernaryOp<T, T, T> for ScaleShift {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, scale: T, shift: T) -> T {
        T::of_float(x.float().times(scale.float()).plus(shift.float()))
    }
}
