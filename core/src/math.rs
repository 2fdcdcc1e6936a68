//! The transcendental functions: the same bits on every target and SIMD level, but for those of a
//! NaN, and fast on all of them.
//!
//! Each is straight-line scalar code, so that the loop it is inlined into vectorises at whatever
//! level that loop is compiled for. The bits cannot differ, because every step is one IEEE
//! operation (`+ - * /`, comparisons, integer operations on bits), in the order written: Rust
//! neither contracts nor reassociates them. So there is no `mul_add` here, which targets without
//! FMA round differently from `a * b + c`; no branch, and no table, which would become gathers;
//! conversions from float to integer are by adding a large constant and reading the low bits, since
//! `as` saturates, which takes several instructions.
//!
//! [`exp`] and [`log`] reduce the argument as Cody and Waite do, with a logarithm of 2 in two
//! parts; then, as everywhere here, a minimax polynomial does the rest (J.-M. Muller, "Elementary
//! Functions", chapters 3 and 11). `tests/math/coefficients.py` computes every coefficient.
//! `core/docs/accuracy.md` has the table of error bounds; `tests/tests/math_*.rs` check it.
//!
//! Functions of f32 compute in f32 and in integers, as firmware has no instructions for f64: where 24
//! bits are too few, [`in_parts`] has some 36. For f64 [`trigonometry`] and [`power`] are libm's scalar
//! functions, whose bits do not depend on the target either.

pub(crate) mod exp;
mod functions;
pub(crate) mod gelu;
pub(crate) mod hyperbolic;
mod in_parts;
pub(crate) mod log;
pub(crate) mod order;
pub(crate) mod power;
pub(crate) mod root;
pub(crate) mod rounding;
pub(crate) mod silu;
pub(crate) mod trigonometry;

pub(crate) use functions::functions_of_floats;

/// A polynomial in `x`, with `x * x` given, its coefficients from the constant term up, by twos
/// (Estrin): as many operations as one by one (Horner), and half the wait.
macro_rules! polynomial {
    ($x:ident, $square:ident, [$($coefficient:expr),+ $(,)?]) => {
        polynomial!(@ $x, $square, $($coefficient),+)
    };
    (@ $x:ident, $square:ident, $a:expr) => { $a };
    (@ $x:ident, $square:ident, $a:expr, $b:expr) => { ($a + $b * $x) };
    (@ $x:ident, $square:ident, $a:expr, $b:expr, $($rest:expr),+) => {
        (($a + $b * $x) + $square * polynomial!(@ $x, $square, $($rest),+))
    };
}
pub(crate) use polynomial;
