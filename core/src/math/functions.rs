//! The table of the functions of one float. A row defines the method of tensors with its
//! documentation, the node of expressions, the method of a single number, and the row of the table
//! in `docs/accuracy.md`.
//!
//! `name Node by module(of_f32, of_f64)` gives the names of the method and the node, and the two
//! functions in `math/module.rs`. `EXPENSIVE` is there if the function evaluates a polynomial.
//! `within [bound, found, bound, found]` has two numbers for `f32` and two for `f64`: how far the
//! result may be from the exact value in ULP, and the largest error that was found. The
//! documentation states the bound too. `tests/levels/src/functions.rs` has a row of tests for each
//! row of this table.

/// Passes the rows of the table to the macro `$stamp`, after the trait `$bound` if one is given.
macro_rules! functions_of_floats {
    ($stamp:ident $($bound:tt)?) => {
        $stamp! {
            $($bound;)?
            /// The square root, correctly rounded. NaN for a negative number.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![4.0, 9.0].sqrt().to_tensor(), tensor![2.0, 3.0]);
            /// ```
            sqrt Sqrt by root(sqrt_f32, sqrt_f64);

            /// The exponential, e to the power `x`, within 1 ULP.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0, f64::NEG_INFINITY].exp().to_tensor(), tensor![1.0, 0.0]);
            /// ```
            exp Exp by exp(exp_f32, exp_f64), EXPENSIVE, within ["1", "0.990", "1", "0.80"];

            /// The exponential minus 1, `exp(x) - 1`, within 1.25 ULP. It is accurate near 0 too.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![1e-20, f64::NEG_INFINITY].expm1().to_tensor(), tensor![1e-20, -1.0]);
            /// ```
            #[doc(alias("exp_m1"))]
            expm1 Expm1 by exp(expm1_f32, expm1_f64), EXPENSIVE,
                within ["1.25", "1.052", "1.25", "0.70"];

            /// The natural logarithm, within 1 ULP. Minus infinity for 0, NaN for a negative
            /// number.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![1.0, 0.0].ln().to_tensor(), tensor![0.0, f64::NEG_INFINITY]);
            /// ```
            #[doc(alias("log"))]
            ln Ln by log(ln_f32, ln_f64), EXPENSIVE, within ["1", "0.904", "1", "0.54"];

            /// The natural logarithm of `1 + x`, within 1 ULP. It is accurate near 0 too. Minus
            /// infinity for -1, NaN for a number below -1.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![1e-20, -1.0].log1p().to_tensor(), tensor![1e-20, f64::NEG_INFINITY]);
            /// ```
            #[doc(alias("ln_1p"))]
            log1p Log1p by log(log1p_f32, log1p_f64), EXPENSIVE, within ["1", "0.950", "1", "0.61"];

            /// The sine of an angle in radians of any size, within 1.5 ULP for `f32` and 1 for
            /// `f64`. NaN for infinities.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0f32, 1e30].sin().to_tensor(), tensor![0.0, -0.79116344]);
            /// ```
            sin Sin by trigonometry(sin_f32, sin_f64), EXPENSIVE,
                within ["1.5", "1.323", "1", "0.55"];

            /// The cosine of an angle in radians of any size, within 1.5 ULP for `f32` and 1 for
            /// `f64`. NaN for infinities.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0f32, 1e30].cos().to_tensor(), tensor![1.0, -0.6116048]);
            /// ```
            cos Cos by trigonometry(cos_f32, cos_f64), EXPENSIVE,
                within ["1.5", "1.323", "1", "0.55"];

            /// The tangent of an angle in radians of any size, within 1.5 ULP for `f32` and 1 for
            /// `f64`. NaN for infinities.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0f32, 1e30].tan().to_tensor(), tensor![0.0, 1.2935861]);
            /// ```
            tan Tan by trigonometry(tan_f32, tan_f64), EXPENSIVE,
                within ["1.5", "1.398", "1", "0.65"];

            /// The hyperbolic tangent, within 1.25 ULP for `f32` and 2 for `f64`.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0, f64::NEG_INFINITY].tanh().to_tensor(), tensor![0.0, -1.0]);
            /// ```
            tanh Tanh by hyperbolic(tanh_f32, tanh_f64), EXPENSIVE,
                within ["1.25", "1.041", "2", "1.54"];

            /// The logistic sigmoid `1 / (1 + exp(-x))`, within 2.5 ULP, even where the result is
            /// tiny.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0, -800.0, 800.0].sigmoid().to_tensor(), tensor![0.5, 0.0, 1.0]);
            /// ```
            #[doc(alias("expit", "logistic"))]
            sigmoid Sigmoid by hyperbolic(sigmoid_f32, sigmoid_f64), EXPENSIVE,
                within ["2.5", "2.402", "2.5", "1.49"];

            /// GELU in its exact form, `x / 2 * (1 + erf(x / sqrt(2)))`, not the approximation by
            /// tanh. Within 1.25 ULP for `f32` and 4 for `f64`, also for negative numbers, where
            /// computing this formula directly would lose bits to cancellation.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0f32, 1.0, -10.0].gelu().to_tensor(), tensor![0.0, 0.84134475, -7.619853e-23]);
            /// ```
            gelu Gelu by gelu(gelu_f32, gelu_f64), EXPENSIVE, within ["1.25", "1.213", "4", "3.16"];

            /// SiLU, `x * sigmoid(x)`, also called swish. Within 2.5 ULP for `f32` and 3 for `f64`,
            /// also for negative numbers, even where the result is tiny.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.0f32, 1.0, -100.0].silu().to_tensor(), tensor![0.0, 0.7310586, -3.720076e-42]);
            /// ```
            #[doc(alias("swish"))]
            silu Silu by silu(silu_f32, silu_f64), EXPENSIVE, within ["2.5", "2.381", "3", "1.97"];

            /// The nearest integer, and halfway between two integers the even integer, as in NumPy.
            /// (Rust's `f64::round` rounds halves away from 0.)
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.5, 1.5, -0.7].round().to_tensor(), tensor![0.0, 2.0, -1.0]);
            /// ```
            #[doc(alias("rint", "around", "round_ties_even"))]
            round Round by rounding(round_f32, round_f64);

            /// The largest integer that is not above `x`.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.5, -0.5].floor().to_tensor(), tensor![0.0, -1.0]);
            /// ```
            floor Floor by rounding(floor_f32, floor_f64);

            /// The smallest integer that is not below `x`.
            ///
            /// ```
            /// use shapewright::{prelude::*, tensor};
            /// assert_eq!(tensor![0.5, -1.5].ceil().to_tensor(), tensor![1.0, -1.0]);
            /// ```
            ceil Ceil by rounding(ceil_f32, ceil_f64);
        }
    };
}
pub(crate) use functions_of_floats;
