//! The mathematical functions of one float: fast on every target, with the same bits on every
//! target and at every SIMD level, except for the bits of a NaN.
//!
//! Each function is straight-line scalar code, so the loop that it is inlined into vectorises for
//! the instructions that the loop is compiled for. The bits cannot differ, because every step is
//! one IEEE operation (`+ - * /`, a comparison, or an integer operation on the bits), in the order
//! written: Rust neither contracts nor reassociates floating-point operations. Rules for the code
//! follow:
//!
//! - No `mul_add`: on targets without FMA it is a slow call, and `a * b + c` rounds differently.
//! - No branches. No tables either, since vectorised look-ups would be gathers.
//! - A float is converted to an integer by adding a large constant and reading the low bits. `as`
//!   saturates, which takes several instructions.
//! - What counts is the length of a chain of dependent operations, not the number of operations,
//!   since the processor overlaps the operations of two or three elements. So sums are written in
//!   the order in which their terms become known.
//!
//! [`exp`] and [`log`] reduce the argument as Cody and Waite do, with the logarithm of 2 in two
//! parts. A minimax polynomial then computes the function of the reduced argument (J.-M. Muller,
//! "Elementary Functions", chapters 3 and 11). `tests/math/coefficients.py` computes the
//! coefficients of all polynomials. `core/docs/accuracy.md` has the table of error bounds, and
//! `tests/tests/math_*.rs` check them; `tests/levels/tests/math_bits.rs` holds a hash of the bits.
//!
//! Functions of f32 compute in f32 and in integers only, since microcontrollers have no
//! instructions for f64. Where the 24 bits of an f32 are too few, they compute with the numbers of
//! [`in_parts`], which have about 36 bits. For f64, [`trigonometry`] and [`power`] call libm's
//! scalar functions, because a branch-free reduction of huge angles would take over a hundred
//! operations, and powers need a logarithm of twice the precision of f64. The bits that libm
//! returns do not depend on the target either.

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

/// A polynomial in `x`, given `x * x` and the coefficients from the constant term up. It is
/// evaluated in pairs of terms (Estrin): as many operations as one term after another (Horner), but
/// a chain of dependent operations half as long.
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
