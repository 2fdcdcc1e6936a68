//! The table of the functions of one float, with what the tests know about each. A new function
//! needs only a row here: the tests `math_f32`, `math_f64`, `math_special` and `half` of the package
//! `shapewright-tests`, and `math_bits`, `nan` and `every_level` of this one read the table.
//!
//! `name within f32, f64 of reference, special [..], bits 0x.., 0x..` states
//! - the maximum error in ULP, for each type;
//! - a reference for `f32`: the same function of `f64` (the function of `f64` is tested by the
//!   exact values in `../math/values.txt`);
//! - the results for NaN, infinity, minus infinity, 0.0, -0.0 and the lowest finite number, of
//!   which the last may be left out;
//! - hashes of the bits of many results, for each type, which `math_bits` prints where they differ.

/// Calls the named macro with the rows of the table.
#[macro_export]
macro_rules! functions_of_floats {
    ($stamp:ident) => {
        $stamp! {
            sqrt within 0.5, 0.5 of f64::sqrt,
                special [NAN, INF, NAN, 0.0, -0.0, NAN],
                bits 0xe467_733e_19a3_c5a2, 0x99bd_e999_27ca_54f2;
            exp within 1.0, 1.0 of f64::exp,
                special [NAN, INF, 0.0, 1.0, 1.0, 0.0],
                bits 0x7263_c434_b363_df66, 0xbe1f_4b77_8fb3_a823;
            expm1 within 1.25, 1.25 of f64::exp_m1,
                special [NAN, INF, -1.0, 0.0, -0.0, -1.0],
                bits 0xabbb_0526_3e9e_535b, 0x2f4d_7dfb_f99e_0cc1;
            ln within 1.0, 1.0 of f64::ln,
                special [NAN, INF, NAN, -INF, -INF, NAN],
                bits 0x8718_2a5a_72b5_e261, 0x77c4_6b44_2cf5_4597;
            log1p within 1.0, 1.0 of f64::ln_1p,
                special [NAN, INF, NAN, 0.0, -0.0, NAN],
                bits 0x4a46_95ea_8c38_fcd5, 0x5d0c_636f_3ee3_c2f1;
            sin within 1.5, 1.0 of f64::sin,
                special [NAN, NAN, NAN, 0.0, -0.0],
                bits 0x8754_f08b_b3e6_94a4, 0x4666_0cb7_e8c5_98bb;
            cos within 1.5, 1.0 of f64::cos,
                special [NAN, NAN, NAN, 1.0, 1.0],
                bits 0x8d7a_4c93_3103_397a, 0x0415_23bb_3f62_77e4;
            tan within 1.5, 1.0 of f64::tan,
                special [NAN, NAN, NAN, 0.0, -0.0],
                bits 0x5263_06d6_0e38_0ca5, 0x86ef_2da4_02b9_23a8;
            tanh within 1.25, 2.0 of f64::tanh,
                special [NAN, 1.0, -1.0, 0.0, -0.0, -1.0],
                bits 0x663a_d8ee_aaaf_451f, 0x9878_249f_3f7e_cd31;
            sigmoid within 2.5, 2.5 of $crate::functions::sigmoid,
                special [NAN, 1.0, 0.0, 0.5, 0.5, 0.0],
                bits 0x3f91_6463_2472_e4a3, 0x6e1c_11bc_5342_0311;
            gelu within 1.25, 4.0 of $crate::functions::gelu,
                special [NAN, INF, -0.0, 0.0, -0.0, -0.0],
                bits 0xad14_2a44_e05f_5f34, 0x0c74_5bbb_a9ec_41ef;
            silu within 2.5, 3.0 of $crate::functions::silu,
                special [NAN, INF, -0.0, 0.0, -0.0, -0.0],
                bits 0x3ce0_a4ee_73b8_460f, 0x2ddf_73c4_d222_5b05;
            rsqrt within 1.5, 1.5 of |x: f64| 1.0 / x.sqrt(),
                special [NAN, 0.0, NAN, INF, -INF, NAN],
                bits 0xa83e_b68a_278b_e3a5, 0x21a7_422e_a51f_2b4c;
            round within 0.0, 0.0 of f64::round_ties_even,
                special [NAN, INF, -INF, 0.0, -0.0, -MAX],
                bits 0xcff7_736b_5754_6847, 0xe5b6_dd39_1966_5d2d;
            floor within 0.0, 0.0 of f64::floor,
                special [NAN, INF, -INF, 0.0, -0.0, -MAX],
                bits 0x29b4_8db8_a1ff_c026, 0xeecc_f148_fb1d_d4e4;
            ceil within 0.0, 0.0 of f64::ceil,
                special [NAN, INF, -INF, 0.0, -0.0, -MAX],
                bits 0xb1b8_6fe7_3077_61c3, 0xd0c9_f61f_e4bc_cb31;
        }
    };
}

/// The logistic sigmoid.
pub fn sigmoid(x: f64) -> f64 {
    if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
}
/// GELU, computed by the complementary error function.
pub fn gelu(x: f64) -> f64 {
    if x == f64::NEG_INFINITY { -0.0 } else { x * (libm::erfc(-x / 2f64.sqrt()) / 2.0) }
}
/// SiLU.
pub fn silu(x: f64) -> f64 {
    if x < -1000.0 { -0.0 } else { x * sigmoid(x) }
}
