//! The transcendental functions have the same bits everywhere: a hash of many values of each is a constant of this file, at every level that the machine has.

use shapewright::{Level, Tensor, prelude::*, shape};

const COUNT: usize = 1 << 16;

/// FNV-1a of the bits, all NaNs being one.
macro_rules! hash {
    ($values:expr, $bits:ident) => {
        $values.as_slice().iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, value| {
            let bits = if value.is_nan() { $bits::MAX } else { value.to_bits() };
            bits.to_le_bytes()
                .iter()
                .fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        })
    };
}

macro_rules! check {
    ($t:ident, $bits:ident, $x:ident, $($name:literal $function:expr, $expected:literal;)*) => {
        for level in Level::available() {
            level.force();
            $(
                let found = hash!($function.to_tensor(), $bits);
                assert_eq!(found, $expected, concat!($name, " of ", stringify!($t), " at {}: {:#018x}"), level, found);
            )*
        }
        Level::best().force();
    };
}

/// All magnitudes and NaNs; and between, numbers at which the functions are neither trivial nor infinite.
#[test]
fn of_f32() {
    let x = Tensor::<f32, shape![{ COUNT }]>::from_fn(|[k]| {
        let scattered = (k as u32).wrapping_mul(2_654_435_761);
        if k % 2 == 0 { f32::from_bits(scattered) } else { (scattered as i32) as f32 / 5e7 }
    });
    check! { f32, u32, x,
        "exp" x.exp(), 0x7263_c434_b363_df66;
        "expm1" x.expm1(), 0xabbb_0526_3e9e_535b;
        "ln" x.ln(), 0x8718_2a5a_72b5_e261;
        "log1p" x.log1p(), 0x4a46_95ea_8c38_fcd5;
        "sin" x.sin(), 0x8754_f08b_b3e6_94a4;
        "cos" x.cos(), 0x8d7a_4c93_3103_397a;
        "tan" x.tan(), 0x5263_06d6_0e38_0ca5;
        "tanh" x.tanh(), 0x663a_d8ee_aaaf_451f;
        "sigmoid" x.sigmoid(), 0x3f91_6463_2472_e4a3;
        "gelu" x.gelu(), 0xad14_2a44_e05f_5f34;
        "silu" x.silu(), 0x3ce0_a4ee_73b8_460f;
        "pow" x.pow(x.flip(Axis::<0>)), 0xec2a_d62e_56ef_08e0;
        "powf(1.7)" x.powf(1.7), 0x854a_7b25_8ee0_a118;
        "powi(3)" x.powi(3), 0x75d9_4582_0006_0038;
        "powi(9)" x.powi(9), 0x6230_03eb_4460_baab;
        "powi(-3)" x.powi(-3), 0x60c6_0cf5_05a3_89ea;
        "rsqrt" x.rsqrt(), 0xa83e_b68a_278b_e3a5;
        "round" x.round(), 0xcff7_736b_5754_6847;
        "floor" x.floor(), 0x29b4_8db8_a1ff_c026;
        "ceil" x.ceil(), 0xb1b8_6fe7_3077_61c3;
    }
}

#[test]
fn of_f64() {
    let x = Tensor::<f64, shape![{ COUNT }]>::from_fn(|[k]| {
        let scattered = (k as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if k % 2 == 0 { f64::from_bits(scattered) } else { (scattered as i64) as f64 / 2e17 }
    });
    check! { f64, u64, x,
        "exp" x.exp(), 0xbe1f_4b77_8fb3_a823;
        "expm1" x.expm1(), 0x2f4d_7dfb_f99e_0cc1;
        "ln" x.ln(), 0x77c4_6b44_2cf5_4597;
        "log1p" x.log1p(), 0x5d0c_636f_3ee3_c2f1;
        "sin" x.sin(), 0x4666_0cb7_e8c5_98bb;
        "cos" x.cos(), 0x0415_23bb_3f62_77e4;
        "tan" x.tan(), 0x86ef_2da4_02b9_23a8;
        "tanh" x.tanh(), 0x9878_249f_3f7e_cd31;
        "sigmoid" x.sigmoid(), 0x6e1c_11bc_5342_0311;
        "gelu" x.gelu(), 0x0c74_5bbb_a9ec_41ef;
        "silu" x.silu(), 0x2ddf_73c4_d222_5b05;
        "pow" x.pow(x.flip(Axis::<0>)), 0x48c2_2715_1693_ac42;
        "powf(1.7)" x.powf(1.7), 0x21d3_44b0_186f_bd9c;
        "powi(-3)" x.powi(-3), 0x0a94_a41a_7765_68c5;
        "rsqrt" x.rsqrt(), 0x21a7_422e_a51f_2b4c;
        "round" x.round(), 0xe5b6_dd39_1966_5d2d;
        "floor" x.floor(), 0xeecc_f148_fb1d_d4e4;
        "ceil" x.ceil(), 0xd0c9_f61f_e4bc_cb31;
    }
}
