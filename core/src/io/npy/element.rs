//! The element types of `.npy` files: their names in NumPy and in Rust, and their bytes.

use alloc::format;
use alloc::string::String;

use super::literal::Shown;
#[cfg(feature = "half")]
use crate::f16;

/// An element type that `.npy` files hold: `f32`, `f64`, `i8` to `i64`, `u8` to `u64`, `bool`, and,
/// with the feature `half`, `f16`. NumPy has no `bf16`.
///
/// Sealed. A file's element type must be the requested one, in either byte order: no element is
/// converted.
///
/// Source: [NumPy, array protocol type
/// strings](https://numpy.org/doc/stable/reference/arrays.interface.html).
///
/// ```
/// use shapewright::io::npy::NpyElement;
///
/// fn in_a_file<T: NpyElement>(elements: usize) -> usize {
///     elements * size_of::<T>()
/// }
/// assert_eq!(in_a_file::<f64>(64), 512);
/// ```
#[diagnostic::on_unimplemented(
    message = "a .npy file does not hold elements of type `{Self}`",
    note = "the element types are f32, f64, i8 to i64, u8 to u64 and bool, and f16 with the feature `half`"
)]
pub trait NpyElement: Copy + sealed::RawBytes {}

pub(super) mod sealed {
    /// How one element is stored in a file.
    pub trait RawBytes: Sized {
        /// The letter in NumPy's type string. The number after the letter is the size in bytes.
        const KIND: u8;
        /// The name of the type in Rust.
        const NAME: &'static str;
        /// The element whose bytes are `raw`. The length of `raw` is the size of the type.
        fn from_bytes(raw: &[u8], big_endian: bool) -> Self;
        /// Writes the bytes of the element to `raw`, in little-endian order. The length of `raw` is
        /// the size of the type.
        fn write_bytes(self, raw: &mut [u8]);
        /// The index and the byte of the first invalid element in `data`, if there is one.
        fn invalid(_data: &[u8]) -> Option<(usize, u8)> {
            None
        }
    }
}

macro_rules! bytes {
    ($($number:ident, $kind:literal;)*) => {$(
        impl NpyElement for $number {}
        impl sealed::RawBytes for $number {
            const KIND: u8 = $kind;
            const NAME: &'static str = stringify!($number);
            fn from_bytes(raw: &[u8], big_endian: bool) -> Self {
                let mut bytes = [0; size_of::<Self>()];
                bytes.copy_from_slice(raw);
                if big_endian { Self::from_be_bytes(bytes) } else { Self::from_le_bytes(bytes) }
            }
            fn write_bytes(self, raw: &mut [u8]) {
                raw.copy_from_slice(&self.to_le_bytes());
            }
        }
    )*};
}
macro_rules! numbers {
    ($($number:ident, $kind:literal;)*) => {
        bytes! { $($number, $kind;)* }
        /// The kind, the size and Rust's name of every element type except `bool` and `f16`.
        const NUMBERS: &[(u8, usize, &str)] =
            &[$(($kind, size_of::<$number>(), stringify!($number))),*];
    };
}

numbers! {
    f32, b'f'; f64, b'f';
    i8, b'i'; i16, b'i'; i32, b'i'; i64, b'i';
    u8, b'u'; u16, b'u'; u32, b'u'; u64, b'u';
}
#[cfg(feature = "half")]
bytes! { f16, b'f'; }

impl NpyElement for bool {}
impl sealed::RawBytes for bool {
    const KIND: u8 = b'b';
    const NAME: &'static str = "bool";
    fn from_bytes(raw: &[u8], _big_endian: bool) -> Self {
        raw == [1]
    }
    fn write_bytes(self, raw: &mut [u8]) {
        raw.copy_from_slice(&[self.into()]);
    }
    fn invalid(data: &[u8]) -> Option<(usize, u8)> {
        let index = data.iter().position(|&byte| byte > 1)?;
        Some((index, data[index]))
    }
}

/// A simple type string, such as `<f4` or `|b1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeString {
    kind: u8,
    size: usize,
    pub(super) big_endian: bool,
}

impl TypeString {
    /// Parses `<f4`, `>f4`, `=f4`, `|u1` or `f4`; `None` for a type string that is not of this
    /// form.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let native = cfg!(target_endian = "big");
        let (big_endian, rest) = match text {
            [b'<', rest @ ..] => (false, rest),
            [b'>', rest @ ..] => (true, rest),
            // A type string that states no byte order stands for the byte order of the machine that
            // reads the file, as in NumPy.
            [b'=' | b'|', rest @ ..] | rest => (native, rest),
        };
        let [kind, size] = *rest.first_chunk()?;
        let size = match (size, &rest[2..]) {
            (b'1'..=b'9', []) => usize::from(size - b'0'),
            (b'1', b"6") => 16,
            _ => return None,
        };
        Some(Self { kind, size, big_endian })
    }

    /// Whether this is the element type `T`, in either byte order.
    pub(super) fn is<T: NpyElement>(self) -> bool {
        self.kind == T::KIND && self.size == size_of::<T>()
    }

    /// The name of the Rust type, if there is such a type.
    pub(super) fn name(self) -> Option<&'static str> {
        use sealed::RawBytes;
        let all = NUMBERS.iter().chain(&[(bool::KIND, 1, bool::NAME), (b'f', 2, "f16")]);
        let (.., name) =
            all.copied().find(|&(kind, size, _)| (kind, size) == (self.kind, self.size))?;
        Some(name)
    }
}

/// Describes `descr`, the literal by which a header names its element type, for a message: `f64
/// ('<f8')`.
///
/// `type_string` is the text between its quotes, if `descr` is a string.
pub(super) fn describe(descr: &[u8], type_string: Option<&[u8]>) -> String {
    let descr = Shown(descr);
    let Some(text) = type_string else { return format!("a structured type ({descr})") };
    let (kind, size) = match text {
        [b'<' | b'>' | b'=' | b'|', kind, size @ ..] | [kind, size @ ..] => (*kind, size),
        [] => (0, text),
    };
    // A name such as `float32` begins with the letter of a kind, but no size follows.
    let sized = size.first().is_some_and(u8::is_ascii_digit);
    let words = match TypeString::parse(text).and_then(TypeString::name) {
        Some(name) => name,
        None if kind == b'O' && size.is_empty() => "Python objects",
        None if !sized => "an unknown type",
        None => match kind {
            b'f' => "a float of another size",
            b'c' => "complex numbers",
            b'U' => "Unicode strings",
            b'S' | b'a' => "byte strings",
            b'M' => "dates",
            b'm' => "time spans",
            b'V' => "raw bytes",
            _ => "an unknown type",
        },
    };
    format!("{words} ({descr})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_strings() {
        let parse = |text: &[u8]| TypeString::parse(text);
        assert!(parse(b"<f4").unwrap().is::<f32>());
        assert!(!parse(b"<f4").unwrap().big_endian);
        assert!(parse(b">f8").unwrap().is::<f64>());
        assert!(parse(b">f8").unwrap().big_endian);
        assert!(parse(b"=i4").unwrap().is::<i32>());
        assert_eq!(parse(b"=i4").unwrap().big_endian, cfg!(target_endian = "big"));
        assert!(parse(b"|b1").unwrap().is::<bool>());
        assert!(parse(b"|u1").unwrap().is::<u8>());
        assert!(parse(b"u2").unwrap().is::<u16>());
        // `u8` has the size of `bool`, but another kind.
        assert!(!parse(b"|u1").unwrap().is::<bool>());
        assert!(!parse(b"<i4").unwrap().is::<f32>());
        for odd in
            [&b""[..], b"<", b"f", b"<f", b"<f04", b"<f4 ", b"<f444", b"<f-4", b"<U11", b"<M8[ns]"]
        {
            assert_eq!(parse(odd), None, "{}", Shown(odd));
        }
    }

    #[test]
    fn words() {
        let text =
            |descr: &str| describe(descr.as_bytes(), Some(descr.trim_matches('\'').as_bytes()));
        assert_eq!(text("'<f4'"), "f32 ('<f4')");
        assert_eq!(text("'|b1'"), "bool ('|b1')");
        assert_eq!(text("'>u8'"), "u64 ('>u8')");
        assert_eq!(text("'<f2'"), "f16 ('<f2')");
        assert_eq!(text("'<f16'"), "a float of another size ('<f16')");
        assert_eq!(text("'<c8'"), "complex numbers ('<c8')");
        assert_eq!(text("'|O'"), "Python objects ('|O')");
        assert_eq!(text("'<U5'"), "Unicode strings ('<U5')");
        assert_eq!(text("'|S5'"), "byte strings ('|S5')");
        assert_eq!(text("'<M8[ns]'"), "dates ('<M8[ns]')");
        assert_eq!(text("'<m8[s]'"), "time spans ('<m8[s]')");
        assert_eq!(text("'|V3'"), "raw bytes ('|V3')");
        assert_eq!(text("''"), "an unknown type ('')");
        assert_eq!(text("'float32'"), "an unknown type ('float32')");
        assert_eq!(describe(b"[('x', '<f4')]", None), "a structured type ([('x', '<f4')])");
    }

    #[test]
    fn bytes() {
        use sealed::RawBytes;
        assert_eq!(f32::from_bytes(&[0, 0, 0x80, 0x3f], false), 1.0);
        assert_eq!(f32::from_bytes(&[0x3f, 0x80, 0, 0], true), 1.0);
        assert_eq!(i16::from_bytes(&[0xff, 0xfe], true), -2);
        assert!(bool::from_bytes(&[1], false) && !bool::from_bytes(&[0], true));
        assert_eq!(bool::invalid(&[0, 1, 2, 3]), Some((2, 2)));
        assert_eq!(u8::invalid(&[0, 1, 2, 3]), None);
        let mut raw = [0; 3];
        (-2i16).write_bytes(&mut raw[..2]);
        true.write_bytes(&mut raw[2..]);
        assert_eq!(raw, [0xfe, 0xff, 1]);
    }
}
