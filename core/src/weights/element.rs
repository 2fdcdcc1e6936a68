//! The element types of weights, whatever the format of the file, and conversions between floats.

use crate::element::Element;
#[cfg(feature = "half")]
use crate::element::{nearest_bf16, nearest_f16};
#[cfg(feature = "safetensors")]
use crate::io::safetensors::SafeTensorsElement as InSafeTensors;
#[cfg(feature = "half")]
use crate::{bf16, f16};

/// Takes the place of `SafeTensorsElement` where the feature `safetensors` is not enabled.
#[cfg(not(feature = "safetensors"))]
pub trait InSafeTensors {}
#[cfg(not(feature = "safetensors"))]
impl<T> InSafeTensors for T {}

/// An element type of weights: `f32`, `f64`, `i8` to `i64`, `u8` to `u64`, `bool`, and, with the
/// feature `half`, `f16` and `bf16`. Sealed.
///
/// Code that is generic over the element type of a layer needs this bound besides
/// [`Float`](crate::Float).
///
/// ```
/// use shapewright::{Dim, Float, nn::{Linear, WithBias}, weights::{WeightElement, WeightsError, WeightsFile}};
/// type Head<T> = Linear<Dim<128>, Dim<10>, WithBias, T>;
/// fn head<T: Float + WeightElement>(file: &WeightsFile) -> Result<Head<T>, WeightsError> {
///     file.load()
/// }
/// # let _ = head::<f32>;
/// ```
#[diagnostic::on_unimplemented(
    message = "a file of weights does not hold elements of type `{Self}`",
    label = "not an element type of weights",
    note = "the element types are f32, f64, i8 to i64, u8 to u64 and bool, and f16 and bf16 with the feature `half`; in generic code ask for `T: Float + WeightElement`"
)]
pub trait WeightElement: Element + InSafeTensors + sealed::Stored {}

pub(super) mod sealed {
    use super::Kind;

    /// How one element is stored in a file.
    pub trait Stored: Sized {
        const KIND: Kind;
        /// The element whose bytes are `raw`. The length of `raw` is the size of the type.
        fn from_raw(raw: &[u8], big_endian: bool) -> Self;
        /// Writes the bytes of the element to `raw`, in little-endian order. The length of `raw` is
        /// the size of the type.
        fn write_raw(self, raw: &mut [u8]);
        /// The element nearest to `x`; `None` if the type is not a float.
        fn from_f64(x: f64) -> Option<Self>;
    }
}

macro_rules! kinds {
    ($($kind:ident $name:literal $size:literal $letter:expr;)*) => {
        /// An element type. A file may have each of these types, so the half floats are here even
        /// if the feature `half` is not enabled.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($kind),* }

        impl Kind {
            /// The element type whose name in Rust is `name`.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$kind),)*
                    _ => None,
                }
            }
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }
            pub(super) fn size(self) -> usize {
                match self { $(Self::$kind => $size),* }
            }
            /// The letter in NumPy's type string; `None` if NumPy does not have the type.
            #[cfg(feature = "npz")]
            pub(super) fn letter(self) -> Option<u8> {
                match self { $(Self::$kind => $letter),* }
            }
        }
    };
}
kinds! {
    F32 "f32" 4 Some(b'f'); F64 "f64" 8 Some(b'f'); F16 "f16" 2 Some(b'f'); Bf16 "bf16" 2 None;
    I8 "i8" 1 Some(b'i'); I16 "i16" 2 Some(b'i'); I32 "i32" 4 Some(b'i'); I64 "i64" 8 Some(b'i');
    U8 "u8" 1 Some(b'u'); U16 "u16" 2 Some(b'u'); U32 "u32" 4 Some(b'u'); U64 "u64" 8 Some(b'u');
    Bool "bool" 1 Some(b'b');
}

impl Kind {
    pub(super) fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64 | Self::F16 | Self::Bf16)
    }

    /// The value of the float whose bytes are `raw`; NaN if `self` is not a float type. The value
    /// is exact, because `f64` represents all values of the other float types.
    pub(super) fn float(self, raw: &[u8], big_endian: bool) -> f64 {
        let bits = raw.iter().enumerate().fold(0u64, |bits, (k, &byte)| {
            let place = if big_endian { raw.len() - 1 - k } else { k };
            bits | u64::from(byte) << (8 * place)
        });
        match self {
            Self::F64 => f64::from_bits(bits),
            Self::F32 => f64::from(f32::from_bits(bits as u32)),
            Self::Bf16 => f64::from(f32::from_bits((bits as u32) << 16)),
            Self::F16 => widened(bits as u16),
            _ => f64::NAN,
        }
    }
}

/// The value of the `f16` whose bits are `bits`.
fn widened(bits: u16) -> f64 {
    let (sign, exponent, digits) =
        (u64::from(bits >> 15), bits >> 10 & 0x1f, u64::from(bits & 0x3ff));
    let magnitude = match exponent {
        // An exponent of 0 means a subnormal number, or 0. Its value is `digits` times 2^-24.
        0 => {
            return f64::from(digits as u16)
                * f64::from_bits((1023 - 24) << 52)
                * if sign == 1 { -1.0 } else { 1.0 };
        }
        0x1f => 0x7ff << 52 | digits << 42,
        _ => (u64::from(exponent) + 1023 - 15) << 52 | digits << 42,
    };
    f64::from_bits(sign << 63 | magnitude)
}

macro_rules! elements {
    ($($number:ident $kind:ident $from_f64:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl WeightElement for $number {}
        impl sealed::Stored for $number {
            const KIND: Kind = Kind::$kind;
            fn from_raw(raw: &[u8], big_endian: bool) -> Self {
                let mut bytes = [0; size_of::<Self>()];
                bytes.copy_from_slice(raw);
                if big_endian { Self::from_be_bytes(bytes) } else { Self::from_le_bytes(bytes) }
            }
            fn write_raw(self, raw: &mut [u8]) {
                raw.copy_from_slice(&self.to_le_bytes());
            }
            fn from_f64(x: f64) -> Option<Self> {
                let from: fn(f64) -> Option<Self> = $from_f64;
                from(x)
            }
        }
    )*};
}
elements! {
    f32 F32 |x| Some(x as f32); f64 F64 Some;
    i8 I8 |_| None; i16 I16 |_| None; i32 I32 |_| None; i64 I64 |_| None;
    u8 U8 |_| None; u16 U16 |_| None; u32 U32 |_| None; u64 U64 |_| None;
}
#[cfg(feature = "half")]
elements! {
    f16 F16 |x| Some(nearest_f16(x)); bf16 Bf16 |x| Some(nearest_bf16(x));
}

#[diagnostic::do_not_recommend]
impl WeightElement for bool {}
impl sealed::Stored for bool {
    const KIND: Kind = Kind::Bool;
    fn from_raw(raw: &[u8], _big_endian: bool) -> Self {
        raw == [1]
    }
    fn write_raw(self, raw: &mut [u8]) {
        raw.copy_from_slice(&[self.into()]);
    }
    fn from_f64(_x: f64) -> Option<Self> {
        None
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "powers of 2 are exact by any library")]
mod tests {
    use super::*;

    #[test]
    fn floats_of_any_size_and_order() {
        assert_eq!(Kind::F16.float(&[0x00, 0x3c], false), 1.0);
        assert_eq!(Kind::F16.float(&[0xc4, 0x00], true), -4.0);
        assert_eq!(Kind::F16.float(&[0x01, 0x00], false), 2f64.powi(-24));
        assert_eq!(Kind::F16.float(&[0xff, 0x83], false), -1023.0 * 2f64.powi(-24));
        assert_eq!(Kind::F16.float(&[0xff, 0x7b], false), 65504.0);
        assert_eq!(Kind::F16.float(&[0x00, 0xfc], false), f64::NEG_INFINITY);
        assert!(Kind::F16.float(&[0x01, 0x7c], false).is_nan());
        assert_eq!(Kind::F16.float(&[0x00, 0x80], false).to_bits(), (-0.0f64).to_bits());
        assert_eq!(Kind::Bf16.float(&[0x80, 0x3f], false), 1.0);
        assert_eq!(Kind::F32.float(&1.1f32.to_be_bytes(), true), f64::from(1.1f32));
        assert_eq!(Kind::F64.float(&1.1f64.to_le_bytes(), false), 1.1);
    }

    #[cfg(feature = "half")]
    #[test]
    fn each_half_is_widened_as_the_crate_does() {
        for bits in 0..=u16::MAX {
            let (ours, theirs) = (widened(bits), f64::from(f16::from_bits(bits)));
            assert!(
                ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan(),
                "{bits:#x}"
            );
        }
    }

    /// Between two neighbouring `f16` numbers lies their midpoint. The `f64` next above the
    /// midpoint must become the upper `f16`, and the `f64` next below it the lower `f16`. If they
    /// were rounded to `f32` first, both would become the midpoint.
    #[cfg(feature = "half")]
    #[test]
    fn halves_are_rounded_once() {
        use sealed::Stored;
        for bits in (0..0x7bff).step_by(7) {
            let (lower, upper) = (f16::from_bits(bits), f16::from_bits(bits + 1));
            let midpoint = (f64::from(lower) + f64::from(upper)) / 2.0;
            for sign in [1.0, -1.0] {
                let given = |x: f64| <f16 as Stored>::from_f64(sign * x).map(f64::from);
                assert_eq!(given(midpoint.next_up()), Some(sign * f64::from(upper)), "{bits:#x}");
                assert_eq!(given(midpoint.next_down()), Some(sign * f64::from(lower)), "{bits:#x}");
                let even = if bits % 2 == 0 { lower } else { upper };
                assert_eq!(given(midpoint), Some(sign * f64::from(even)), "{bits:#x}");
            }
        }
        assert_eq!(<f16 as Stored>::from_f64(1e300), Some(f16::INFINITY));
        assert!(<bf16 as Stored>::from_f64(f64::NAN).is_some_and(bf16::is_nan));
        assert_eq!(
            <bf16 as Stored>::from_f64(1.0 + 2f64.powi(-8) + 2f64.powi(-40)),
            Some(bf16::from_f32(1.0078125))
        );
        assert_eq!(<f32 as Stored>::from_f64(0.1), Some(0.1f32));
        assert_eq!(<i32 as Stored>::from_f64(0.0), None);
    }
}
