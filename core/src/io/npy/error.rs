//! What can be wrong with a `.npy` file.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::MAGIC;
use crate::error::ShapeError;

/// Why a `.npy` file was not read, or not written. The text, in one line, says what was expected
/// and what was found.
///
/// Source:
/// [`numpy.lib.format`](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
///
/// ```
/// use shapewright::io::npy::NpyError;
///
/// let error = NpyError::Truncated { part: "data", expected: 12, found: 8 };
/// assert_eq!(error.to_string(), "truncated .npy file: expected 12 bytes of data, found 8");
/// ```
#[non_exhaustive]
pub enum NpyError {
    /// The file system failed: `digits.npy: No such file or directory (os error 2)`.
    #[cfg(feature = "std")]
    Io {
        /// The path of the file.
        path: std::path::PathBuf,
        /// The error of the system.
        error: std::io::Error,
    },
    /// The contents of a file are wrong, and `error` is one of the variants below:
    /// `digits.npy: not a .npy file: ..`.
    #[cfg(feature = "std")]
    Contents {
        /// The path of the file.
        path: std::path::PathBuf,
        /// What is wrong with its contents.
        error: alloc::boxed::Box<NpyError>,
    },
    /// The bytes do not start as a `.npy` file does.
    NotNpy {
        /// The first six bytes, or all there are.
        found: Vec<u8>,
    },
    /// The version of the format is not 1.0, 2.0 or 3.0.
    Version {
        /// The number before the dot.
        major: u8,
        /// The number after the dot.
        minor: u8,
    },
    /// The header is not a dictionary as NumPy writes it.
    Header {
        /// The position, in bytes from the start of the file.
        at: usize,
        /// What was expected at that position, and what was found.
        problem: String,
    },
    /// The file holds elements of another type.
    ElementType {
        /// The requested type, as Rust writes it.
        expected: &'static str,
        /// The type in the file, in words and as the header writes it: `f64 ('<f8')`.
        found: String,
    },
    /// The file holds an array of another shape.
    Shape(ShapeError),
    /// The file ends too early.
    Truncated {
        /// The part that is incomplete: `"data"`, `"header"`, `"header length"` or `"format
        /// version"`.
        part: &'static str,
        /// The number of bytes that this part should have.
        expected: usize,
        /// The number of bytes of this part that the file has.
        found: usize,
    },
    /// The file has more bytes than the array needs.
    TrailingBytes {
        /// The number of bytes of data that the array needs.
        expected: usize,
        /// The number of bytes of data that the file has.
        found: usize,
    },
    /// An element of type `bool` is neither 0 nor 1.
    InvalidBool {
        /// The index of the element, counted from 0 in the order of the file.
        index: usize,
        /// The byte of the element.
        byte: u8,
    },
}

/// Like [`Display`](fmt::Display), because a `main` that returns the error prints its `Debug` text.
impl fmt::Debug for NpyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for NpyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            #[cfg(feature = "std")]
            Self::Contents { path, error } => write!(f, "{}: {error}", path.display()),
            Self::NotNpy { found } => {
                let expected = MAGIC.escape_ascii();
                write!(f, "not a .npy file: expected it to start with \"{expected}\"")?;
                // An easy mistake is to pass a `.npz` file, which is a zip archive. The message
                // then says that the file is one.
                let hint = if found.starts_with(b"PK") {
                    " (a zip archive, as .npz files are)"
                } else {
                    ""
                };
                write!(f, ", found \"{}\"{hint}", found.escape_ascii())
            }
            Self::Version { major, minor } => {
                write!(
                    f,
                    "unsupported .npy format: expected version 1.0, 2.0 or 3.0, found {major}.{minor}"
                )
            }
            Self::Header { at, problem } => {
                write!(f, "malformed .npy header at byte {at}: {problem}")
            }
            Self::ElementType { expected, found } => {
                write!(f, "element type mismatch: expected {expected}, found {found}")
            }
            Self::Shape(error) => error.fmt(f),
            Self::Truncated { part, expected, found } => {
                write!(f, "truncated .npy file: expected {expected} bytes of {part}, found {found}")
            }
            Self::TrailingBytes { expected, found } => {
                let more = found.saturating_sub(*expected);
                let s = if more == 1 { "" } else { "s" };
                write!(
                    f,
                    "{more} trailing byte{s} in .npy file: expected {expected} bytes of data, found {found}"
                )
            }
            Self::InvalidBool { index, byte } => {
                write!(
                    f,
                    "invalid bool in .npy file: element {index} is the byte {byte}, a bool is 0 or 1"
                )
            }
        }
    }
}

/// Has no `source`, because the text already contains that of the inner error.
impl core::error::Error for NpyError {}

impl From<ShapeError> for NpyError {
    fn from(error: ShapeError) -> Self {
        Self::Shape(error)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    #[test]
    fn texts() {
        let text = |error: NpyError| error.to_string();
        assert_eq!(
            text(NpyError::NotNpy { found: vec![] }),
            "not a .npy file: expected it to start with \"\\x93NUMPY\", found \"\""
        );
        assert_eq!(
            text(NpyError::NotNpy { found: b"PK\x03\x04\x14\x00".to_vec() }),
            "not a .npy file: expected it to start with \"\\x93NUMPY\", found \"PK\\x03\\x04\\x14\\x00\" \
             (a zip archive, as .npz files are)"
        );
        assert_eq!(
            text(NpyError::Version { major: 4, minor: 1 }),
            "unsupported .npy format: expected version 1.0, 2.0 or 3.0, found 4.1"
        );
        assert_eq!(
            text(NpyError::ElementType { expected: "f32", found: "f64 ('<f8')".to_string() }),
            "element type mismatch: expected f32, found f64 ('<f8')"
        );
        assert_eq!(
            text(NpyError::Truncated { part: "data", expected: 12, found: 8 }),
            "truncated .npy file: expected 12 bytes of data, found 8"
        );
        assert_eq!(
            text(NpyError::TrailingBytes { expected: 12, found: 13 }),
            "1 trailing byte in .npy file: expected 12 bytes of data, found 13"
        );
        assert_eq!(
            text(NpyError::TrailingBytes { expected: 12, found: 14 }),
            "2 trailing bytes in .npy file: expected 12 bytes of data, found 14"
        );
        assert_eq!(
            text(NpyError::InvalidBool { index: 3, byte: 255 }),
            "invalid bool in .npy file: element 3 is the byte 255, a bool is 0 or 1"
        );
        let shape = ShapeError::mismatch(&[3], &[4]);
        assert_eq!(text(shape.clone().into()), shape.to_string());
    }
}
