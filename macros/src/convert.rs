//! Converts the elements of files, as bytes: to the other byte order, and to `f32`.

use crate::dtype::{BF16, Dtype, F16, F64};

/// `data`, elements of `width` bytes each, with the bytes of each element reversed.
pub(crate) fn reversed(data: &[u8], width: usize) -> Vec<u8> {
    let mut data = data.to_vec();
    data.chunks_exact_mut(width).for_each(<[u8]>::reverse);
    data
}

/// Converts the little-endian bytes of elements of type `dtype`, a float type, to those of `f32`.
///
/// # Errors
/// When a number is too large for `f32`.
pub(crate) fn to_f32(data: &[u8], dtype: Dtype) -> Result<Vec<u8>, String> {
    match dtype {
        F16 => Ok(each(data, |bytes| of_f16(u16::from_le_bytes(bytes)))),
        BF16 => Ok(each(data, |bytes| f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16))),
        F64 => {
            let is_too_large = |x: f64| x.is_finite() && (x as f32).is_infinite();
            let numbers = data.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
            if let Some((index, x)) = numbers.enumerate().find(|&(_, x)| is_too_large(x)) {
                return Err(format!("element {index} is {x:e}, which is too large for f32"));
            }
            Ok(each(data, |bytes| f64::from_le_bytes(bytes) as f32))
        }
        _ => Ok(data.to_vec()),
    }
}

fn each<const N: usize>(data: &[u8], convert: impl Fn([u8; N]) -> f32) -> Vec<u8> {
    data.as_chunks().0.iter().flat_map(|bytes| convert(*bytes).to_le_bytes()).collect()
}

/// The value of the `f16` whose bits are `bits`, which `f32` represents exactly.
fn of_f16(bits: u16) -> f32 {
    let bits = u32::from(bits);
    let (sign, exponent, digits) = (bits >> 15 << 31, bits >> 10 & 0x1f, bits & 0x3ff);
    match exponent {
        // A subnormal number is `digits` times 2^-24.
        0 => (digits as f32 * (0.5f32).powi(24)).copysign(f32::from_bits(sign | 1)),
        0x1f => f32::from_bits(sign | 0xff << 23 | digits << 13),
        _ => f32::from_bits(sign | (exponent + 127 - 15) << 23 | digits << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::F32;

    fn converted(data: &[u8], dtype: Dtype) -> Vec<f32> {
        let bytes = to_f32(data, dtype).expect("no number is too large");
        bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    }

    /// Each of the 65,536 values of `f16`, compared with its definition: its significand times a
    /// power of 2.
    #[test]
    fn every_half() {
        for bits in 0..=u16::MAX {
            let (negative, exponent, digits) =
                (bits >> 15 == 1, i32::from(bits >> 10 & 0x1f), bits & 0x3ff);
            let magnitude = match exponent {
                0 => f64::from(digits) * (2f64).powi(-24),
                31 if digits == 0 => f64::INFINITY,
                31 => f64::NAN,
                _ => f64::from(1024 + digits) * (2f64).powi(exponent - 25),
            };
            let [found] = converted(&bits.to_le_bytes(), F16)[..] else { panic!("one number") };
            assert_eq!(found.is_nan(), magnitude.is_nan(), "{bits:x}");
            if !magnitude.is_nan() {
                assert_eq!(f64::from(found).abs(), magnitude, "{bits:x}");
                assert_eq!(found.is_sign_negative(), negative, "{bits:x}");
            }
        }
    }

    #[test]
    fn other_floats() {
        let bf16: Vec<u8> =
            [0x3fc0u16, 0xff80, 0x0001].iter().flat_map(|bits| bits.to_le_bytes()).collect();
        assert_eq!(converted(&bf16, BF16), [1.5, f32::NEG_INFINITY, f32::from_bits(1 << 16)]);
        let f64s: Vec<u8> =
            [0.1, -2.5, f64::INFINITY].iter().flat_map(|x: &f64| x.to_le_bytes()).collect();
        assert_eq!(converted(&f64s, F64), [0.1, -2.5, f32::INFINITY]);
        assert_eq!(converted(&1.5f32.to_le_bytes(), F32), [1.5]);
        let error =
            to_f32(&[0.5f64.to_le_bytes(), 1e300f64.to_le_bytes()].concat(), F64).unwrap_err();
        assert_eq!(error, "element 1 is 1e300, which is too large for f32");
    }

    #[test]
    fn bytes_the_other_way_round() {
        assert_eq!(reversed(&[1, 2, 3, 4], 2), [2, 1, 4, 3]);
        assert_eq!(reversed(&[1, 2, 3, 4], 4), [4, 3, 2, 1]);
        assert_eq!(reversed(&[1, 2], 1), [1, 2]);
    }
}
