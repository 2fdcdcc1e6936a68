//! The operators `+ - * / %`, `& | ^`, `<< >>`, unary `-` and `!`, on tensors by reference and by
//! value, lazy expressions and scalars.
//!
//! The result of `%` has the sign of the dividend, as in Rust, C's `fmod` and NumPy's `fmod`; the
//! result of NumPy's `%` has the sign of the divisor. Integer operations wrap and an integer
//! division by zero is 0, so that no operation can panic on the values of elements.
//!
//! The bits of a NaN are not specified, as in Rust: which of two NaNs an addition propagates, and
//! the sign of a new NaN, differ by SIMD level, target and build. Canonical NaNs would cost a
//! comparison and a selection for each operation or each result.
//!
//! There is one impl for each operator and kind of left operand. So the compiler has only one
//! candidate for an operation, and an error that it reports is about the shapes. Operators require
//! only [`Shaped`] of their operands, not `Expr`: the time to type-check an expression is then
//! linear in the number of its operators.

use core::marker::PhantomData;
use core::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Rem, Shl, Shr, Sub};

use crate::agreement;
use crate::broadcast::{Broadcast, BroadcastOf, Free, Mode};
use crate::element::{Bitwise, Element, Integer, Numeric, Signed, each_integer_type};
use crate::expr::{
    BinaryOp, Lazy, Mapped, Operand, Owned, Scalar, Shaped, Stretch, UnaryOp, Zipped,
};
use crate::shape::{Carried, Shape};
use crate::storage::Storage;
use crate::tensor::Tensor;
use crate::verify;

macro_rules! operators {
    ($($operator:ident::$method:ident, $element:ident::$apply:ident, $name:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: $element> BinaryOp<T, T> for $name {
            type Output = T;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, a: T, b: T) -> T {
                a.$apply(b)
            }
        }
        impl<'a, T, S, B, Rhs> $operator<Rhs> for &'a Tensor<T, S, B>
        where
            T: $element,
            S: Shape + Broadcast<Rhs::Shape, Rhs::Mode>,
            B: Storage,
            Rhs: Operand<T>,
        {
            type Output = Lazy<Zipped<BroadcastOf<S, Rhs::Shape, Rhs::Mode>, T, $name, &'a Tensor<T, S, B>, Rhs::Node>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[track_caller]
            fn $method(self, rhs: Rhs) -> Self::Output {
                const { verify::grown::<Rhs::Mode, BroadcastOf<S, Rhs::Shape, Rhs::Mode>>() };
                binary::<_, _, _, Rhs::Mode, _>($name, self, rhs.into_operand())
            }
        }
        impl<T, S, B, Rhs> $operator<Rhs> for Tensor<T, S, B>
        where
            T: $element,
            S: Shape + Broadcast<Rhs::Shape, Rhs::Mode>,
            B: Storage,
            Rhs: Operand<T>,
        {
            type Output = Lazy<Zipped<BroadcastOf<S, Rhs::Shape, Rhs::Mode>, T, $name, Owned<Tensor<T, S, B>>, Rhs::Node>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[track_caller]
            fn $method(self, rhs: Rhs) -> Self::Output {
                const { verify::grown::<Rhs::Mode, BroadcastOf<S, Rhs::Shape, Rhs::Mode>>() };
                binary::<_, _, _, Rhs::Mode, _>($name, Owned(self), rhs.into_operand())
            }
        }
        impl<E, Rhs> $operator<Rhs> for Lazy<E>
        where
            E: Shaped<Elem: $element, Shape: Broadcast<Rhs::Shape, Rhs::Mode>>,
            Rhs: Operand<E::Elem>,
        {
            type Output = Lazy<Zipped<BroadcastOf<E::Shape, Rhs::Shape, Rhs::Mode>, E::Elem, $name, E, Rhs::Node>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[track_caller]
            fn $method(self, rhs: Rhs) -> Self::Output {
                const { verify::grown::<Rhs::Mode, BroadcastOf<E::Shape, Rhs::Shape, Rhs::Mode>>() };
                binary::<_, _, _, Rhs::Mode, _>($name, self.0, rhs.into_operand())
            }
        }
        // The expression behind the reference is copied: an expression that borrows all of its
        // tensors is `Copy`.
        impl<E, Rhs> $operator<Rhs> for &Lazy<E>
        where
            E: Shaped<Elem: $element, Shape: Broadcast<Rhs::Shape, Rhs::Mode>> + Copy,
            Rhs: Operand<E::Elem>,
        {
            type Output = Lazy<Zipped<BroadcastOf<E::Shape, Rhs::Shape, Rhs::Mode>, E::Elem, $name, E, Rhs::Node>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[track_caller]
            fn $method(self, rhs: Rhs) -> Self::Output {
                const { verify::grown::<Rhs::Mode, BroadcastOf<E::Shape, Rhs::Shape, Rhs::Mode>>() };
                binary::<_, _, _, Rhs::Mode, _>($name, self.0, rhs.into_operand())
            }
        }
        impl<E, Rhs> $operator<Rhs> for Stretch<E>
        where
            E: Shaped<Elem: $element, Shape: Broadcast<Rhs::Shape, Free>>,
            Rhs: Operand<E::Elem>,
        {
            type Output = Lazy<Zipped<BroadcastOf<E::Shape, Rhs::Shape, Free>, E::Elem, $name, E, Rhs::Node>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            #[track_caller]
            fn $method(self, rhs: Rhs) -> Self::Output {
                const { verify::counted::<BroadcastOf<E::Shape, Rhs::Shape, Free>>() };
                binary::<_, _, _, Free, _>($name, self.0, rhs.into_operand())
            }
        }
    )*};
}
operators! {
    Add::add, Numeric::plus, Added, "`a + b`.";
    Sub::sub, Numeric::minus, Subtracted, "`a - b`.";
    Mul::mul, Numeric::times, Multiplied, "`a * b`.";
    Div::div, Numeric::divided, Divided, "`a / b`.";
    Rem::rem, Numeric::remainder, Remainder, "`a % b` with the sign of `a`, as NumPy's `fmod` (NumPy's `remainder` has the sign of `b`). For integers it is 0 where `b` is 0.";
    BitAnd::bitand, Bitwise::and, And, "`a & b`.";
    BitOr::bitor, Bitwise::or, Or, "`a | b`.";
    BitXor::bitxor, Bitwise::xor, Xor, "`a ^ b`.";
    Shl::shl, Integer::shifted_left, ShiftedLeft, "`a << b`, as NumPy's: 0 if `b` is negative, or at least the number of bits.";
    Shr::shr, Integer::shifted_right, ShiftedRight, "`a >> b`, which keeps the sign, as NumPy's: 0, or -1 for a negative `a`, if `b` is negative, or at least the number of bits.";
}

/// Makes the lazy node of an operation on two expressions, after comparing their run-time lengths.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn binary<Op, Lhs: Shaped, Rhs: Shaped, M: Mode, T>(
    op: Op,
    lhs: Lhs,
    rhs: Rhs,
) -> Lazy<Zipped<BroadcastOf<Lhs::Shape, Rhs::Shape, M>, T, Op, Lhs, Rhs>>
where
    Lhs::Shape: Broadcast<Rhs::Shape, M>,
{
    agreement::broadcast(lhs.shape(), rhs.shape());
    let shape = lhs.shape().broadcast(rhs.shape());
    agreement::grown::<M, _>(shape);
    let shape = Carried::new(shape);
    Lazy(Zipped { op, lhs, rhs, shape, elem: PhantomData })
}

macro_rules! unary_operators {
    ($($operator:ident::$method:ident, $element:ident::$apply:ident, $name:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl<T: $element> UnaryOp<T> for $name {
            type Output = T;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn apply(&self, x: T) -> T {
                x.$apply()
            }
        }
        impl<'a, T: $element, S: Shape, B: Storage> $operator for &'a Tensor<T, S, B> {
            type Output = Lazy<Mapped<$name, &'a Tensor<T, S, B>>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self) -> Self::Output {
                Lazy(Mapped { op: $name, expr: self })
            }
        }
        impl<T: $element, S: Shape, B: Storage> $operator for Tensor<T, S, B> {
            type Output = Lazy<Mapped<$name, Owned<Tensor<T, S, B>>>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self) -> Self::Output {
                Lazy(Mapped { op: $name, expr: Owned(self) })
            }
        }
        impl<E: Shaped<Elem: $element>> $operator for Lazy<E> {
            type Output = Lazy<Mapped<$name, E>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self) -> Self::Output {
                Lazy(Mapped { op: $name, expr: self.0 })
            }
        }
        impl<E: Shaped<Elem: $element> + Copy> $operator for &Lazy<E> {
            type Output = Lazy<Mapped<$name, E>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self) -> Self::Output {
                Lazy(Mapped { op: $name, expr: self.0 })
            }
        }
    )*};
}
unary_operators! {
    Neg::neg, Signed::negated, Negated, "`-x`.";
    Not::not, Bitwise::inverted, Inverted, "`!x`.";
}

macro_rules! scalar_on_the_left {
    ($t:ty: $($operator:ident::$method:ident $name:ident),*) => {$(
        impl<'a, S: Shape, B: Storage> $operator<&'a Tensor<$t, S, B>> for $t {
            type Output = Lazy<Zipped<S, $t, $name, Scalar<$t>, &'a Tensor<$t, S, B>>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self, rhs: &'a Tensor<$t, S, B>) -> Self::Output {
                scalar($name, self, rhs)
            }
        }
        impl<S: Shape, B: Storage> $operator<Tensor<$t, S, B>> for $t {
            type Output = Lazy<Zipped<S, $t, $name, Scalar<$t>, Owned<Tensor<$t, S, B>>>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self, rhs: Tensor<$t, S, B>) -> Self::Output {
                scalar($name, self, Owned(rhs))
            }
        }
        impl<E: Shaped<Elem = $t>> $operator<Lazy<E>> for $t {
            type Output = Lazy<Zipped<E::Shape, $t, $name, Scalar<$t>, E>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self, rhs: Lazy<E>) -> Self::Output {
                scalar($name, self, rhs.0)
            }
        }
        impl<E: Shaped<Elem = $t> + Copy> $operator<&Lazy<E>> for $t {
            type Output = Lazy<Zipped<E::Shape, $t, $name, Scalar<$t>, E>>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn $method(self, rhs: &Lazy<E>) -> Self::Output {
                scalar($name, self, rhs.0)
            }
        }
    )*};
}
macro_rules! numbers_on_the_left {
    ($($t:ty)*) => {$(
        scalar_on_the_left!($t: Add::add Added, Sub::sub Subtracted, Mul::mul Multiplied, Div::div Divided, Rem::rem Remainder);
    )*};
}
numbers_on_the_left! { f32 f64 }
each_integer_type! { numbers_on_the_left }
#[cfg(feature = "half")]
numbers_on_the_left! { half::f16 half::bf16 }

/// Makes the lazy node of an operation on a number and an expression.
#[cfg_attr(not(unoptimised), inline(always))]
fn scalar<Op, T: Element, E: Shaped>(
    op: Op,
    lhs: T,
    rhs: E,
) -> Lazy<Zipped<E::Shape, T, Op, Scalar<T>, E>> {
    let shape = Carried::new(rhs.shape());
    Lazy(Zipped { op, lhs: lhs.into_operand(), rhs, shape, elem: PhantomData })
}
