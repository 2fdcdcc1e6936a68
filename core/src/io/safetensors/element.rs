//! The element types of `.safetensors` files, and their bytes, which are little-endian.

use core::fmt;

use safetensors::Dtype as Known;

#[cfg(feature = "half")]
use crate::{bf16, f16};

/// An element type that `.safetensors` files hold and arrays have: `f32`, `f64`, `i8` to `i64`,
/// `u8` to `u64`, `bool`, and, with the feature `half`, `f16` and `bf16`.
///
/// Sealed. The element type of a tensor that is read must be the requested one; no element is
/// converted.
///
/// ```
/// use shapewright::io::safetensors::{Dtype, SafeTensorsElement};
/// fn name<T: SafeTensorsElement>() -> String {
///     Dtype::of::<T>().to_string()
/// }
/// assert_eq!((name::<f32>(), name::<bool>()), ("F32".into(), "BOOL".into()));
/// ```
#[diagnostic::on_unimplemented(
    message = "a .safetensors file does not hold elements of type `{Self}`",
    label = "not an element type of .safetensors files",
    note = "the element types are f32, f64, i8 to i64, u8 to u64 and bool, and f16 and bf16 with the feature `half`"
)]
pub trait SafeTensorsElement: Copy + sealed::RawBytes {}

pub(super) mod sealed {
    /// How one element is stored in a file.
    pub trait RawBytes: Sized {
        /// The name of the type in the format.
        const DTYPE: super::Known;
        /// The element whose bytes are `raw`. The length of `raw` is the size of the type.
        fn from_little_endian(raw: &[u8]) -> Self;
        /// Writes the bytes of the element to `raw`, whose length is the size of the type.
        fn write_little_endian(self, raw: &mut [u8]);
        /// The index and the byte of the first invalid element in `data`, if there is one.
        fn invalid(_data: &[u8]) -> Option<(usize, u8)> {
            None
        }
    }
}

macro_rules! elements {
    ($($number:ident $dtype:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl SafeTensorsElement for $number {}
        impl sealed::RawBytes for $number {
            const DTYPE: Known = Known::$dtype;
            fn from_little_endian(raw: &[u8]) -> Self {
                let mut bytes = [0; size_of::<Self>()];
                bytes.copy_from_slice(raw);
                Self::from_le_bytes(bytes)
            }
            fn write_little_endian(self, raw: &mut [u8]) {
                raw.copy_from_slice(&self.to_le_bytes());
            }
        }
    )*};
}
elements! {
    f32 F32; f64 F64;
    i8 I8; i16 I16; i32 I32; i64 I64;
    u8 U8; u16 U16; u32 U32; u64 U64;
}
#[cfg(feature = "half")]
elements! { f16 F16; bf16 BF16; }

#[diagnostic::do_not_recommend]
impl SafeTensorsElement for bool {}
impl sealed::RawBytes for bool {
    const DTYPE: Known = Known::BOOL;
    fn from_little_endian(raw: &[u8]) -> Self {
        raw == [1]
    }
    fn write_little_endian(self, raw: &mut [u8]) {
        raw.copy_from_slice(&[self.into()]);
    }
    fn invalid(data: &[u8]) -> Option<(usize, u8)> {
        let index = data.iter().position(|&byte| byte > 1)?;
        Some((index, data[index]))
    }
}

/// The element type of a tensor in a `.safetensors` file. It prints as the format names it: `F32`,
/// `BF16`, `BOOL`.
///
/// ```
/// use shapewright::io::safetensors::Dtype;
/// assert!(Dtype::of::<u8>().is::<u8>());
/// assert!(!Dtype::of::<u8>().is::<bool>());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Dtype(Known);

impl Dtype {
    /// The `Dtype` of elements of the Rust type `T`.
    #[must_use]
    pub fn of<T: SafeTensorsElement>() -> Self {
        Self(T::DTYPE)
    }

    /// Whether this is the `Dtype` of elements of the Rust type `T`.
    #[must_use]
    pub fn is<T: SafeTensorsElement>(self) -> bool {
        self.0 == T::DTYPE
    }

    pub(super) fn known(dtype: Known) -> Self {
        Self(dtype)
    }

    /// The name of the Rust type, if arrays can have such elements.
    pub(crate) fn rust_name(self) -> Option<&'static str> {
        Some(match self.0 {
            Known::BOOL => "bool",
            Known::U8 => "u8",
            Known::I8 => "i8",
            Known::U16 => "u16",
            Known::I16 => "i16",
            Known::U32 => "u32",
            Known::I32 => "i32",
            Known::U64 => "u64",
            Known::I64 => "i64",
            Known::F16 => "f16",
            Known::BF16 => "bf16",
            Known::F32 => "f32",
            Known::F64 => "f64",
            _ => return None,
        })
    }

    /// Whether the type is `f16` or `bf16`, which need the feature `half`.
    pub(super) fn is_half(self) -> bool {
        matches!(self.0, Known::F16 | Known::BF16)
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl fmt::Debug for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
