//! The functions of one float, and powers, have the same bits on every target and at every level
//! that the machine has: hashes of many results of each are constants.

use shapewright::{Level, Tensor, prelude::*, shape};
use shapewright_levels::{functions_of_floats, lock_level};

const COUNT: usize = 1 << 16;

/// FNV-1a of the bits, the same ones for all NaNs.
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

/// The hash as the tables have it, such as `0x0123_4567_89ab_cdef`.
fn grouped(hash: u64) -> String {
    let group = |k: u32| hash >> (16 * k) & 0xffff;
    format!("{:#06x}_{:04x}_{:04x}_{:04x}", group(3), group(2), group(1), group(0))
}

/// Checks the bits of each function at each level against its hash.
macro_rules! check {
    ($t:ident, $bits:ident, $($name:expr => $function:expr, $expected:literal;)*) => {{
        let _one_at_a_time = lock_level();
        for level in Level::available() {
            level.force();
            $(
                let found = hash!($function.to_tensor(), $bits);
                let of = stringify!($t);
                assert_eq!(found, $expected, "{} of {of} at {level}: {}", $name, grouped(found));
            )*
        }
        Level::best().force();
    }};
}
/// Checks the functions of the table, applied to `numbers_of_f32()`.
macro_rules! of_f32 {
    ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
        special $_special:tt, bits $f32:literal, $_f64:literal;)*) => {
        check! { f32, u32, $(stringify!($name) => numbers_of_f32().$name(), $f32;)* }
    };
}
/// Checks the functions of the table, applied to `numbers_of_f64()`.
macro_rules! of_f64 {
    ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
        special $_special:tt, bits $_f32:literal, $f64:literal;)*) => {
        check! { f64, u64, $(stringify!($name) => numbers_of_f64().$name(), $f64;)* }
    };
}

/// Random bits, which have all magnitudes and are NaN at times, and in every other place numbers
/// for which the functions are neither trivial nor infinite.
fn numbers_of_f32() -> Tensor<f32, shape![{ COUNT }]> {
    Tensor::from_fn(|[k]| {
        let scattered = (k as u32).wrapping_mul(2_654_435_761);
        if k % 2 == 0 { f32::from_bits(scattered) } else { (scattered as i32) as f32 / 5e7 }
    })
}
#[test]
fn of_f32() {
    functions_of_floats! { of_f32 }
    let x = numbers_of_f32();
    check! { f32, u32,
        "pow" => x.pow(x.flip(Axis::<0>)), 0xec2a_d62e_56ef_08e0;
        "powf(1.7)" => x.powf(1.7), 0x854a_7b25_8ee0_a118;
        "powi(3)" => x.powi(3), 0x75d9_4582_0006_0038;
        "powi(9)" => x.powi(9), 0x6230_03eb_4460_baab;
        "powi(-3)" => x.powi(-3), 0x60c6_0cf5_05a3_89ea;
    }
}

fn numbers_of_f64() -> Tensor<f64, shape![{ COUNT }]> {
    Tensor::from_fn(|[k]| {
        let scattered = (k as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if k % 2 == 0 { f64::from_bits(scattered) } else { (scattered as i64) as f64 / 2e17 }
    })
}
#[test]
fn of_f64() {
    functions_of_floats! { of_f64 }
    let x = numbers_of_f64();
    check! { f64, u64,
        "pow" => x.pow(x.flip(Axis::<0>)), 0x48c2_2715_1693_ac42;
        "powf(1.7)" => x.powf(1.7), 0x21d3_44b0_186f_bd9c;
        "powi(-3)" => x.powi(-3), 0x0a94_a41a_7765_68c5;
    }
}
