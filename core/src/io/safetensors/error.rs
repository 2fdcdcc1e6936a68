//! What can be wrong with a `.safetensors` file.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::element::{Dtype, SafeTensorsElement};
use crate::error::ShapeError;
use crate::io::quoted::Quoted;
use crate::lengths::Lengths;
use crate::shape::Shape;

/// Why a `.safetensors` file, or a tensor in a file, was not read, or not written. The text, in one
/// line, says what was expected and what was found.
///
/// ```
/// use shapewright::io::safetensors::SafeTensorsError;
/// let error = SafeTensorsError::Truncated { part: "data", expected: 12, found: 8 };
/// assert_eq!(error.to_string(), "truncated safetensors file: expected 12 bytes of data, found 8");
/// ```
#[non_exhaustive]
pub enum SafeTensorsError {
    /// The file system failed: `model.safetensors: No such file or directory (os error 2)`.
    #[cfg(feature = "std")]
    Io {
        /// The path of the file.
        path: std::path::PathBuf,
        /// The error of the system.
        error: std::io::Error,
    },
    /// The contents of a file are wrong: `error` is one of the variants below.
    #[cfg(feature = "std")]
    Contents {
        /// The path of the file.
        path: std::path::PathBuf,
        /// What is wrong with its contents.
        error: alloc::boxed::Box<SafeTensorsError>,
    },
    /// The header does not conform to the format. Or it claims that there are gaps between tensors,
    /// or that a tensor has another size than its shape requires.
    Header {
        /// What is wrong with the header.
        problem: String,
    },
    /// The file ends too early.
    Truncated {
        /// The part that is incomplete: `"data"`, `"header"` or `"header length"`.
        part: &'static str,
        /// The number of bytes that this part should have.
        expected: usize,
        /// The number of bytes of this part that the file has.
        found: usize,
    },
    /// The file has more bytes of data than its tensors need.
    TrailingBytes {
        /// The number of bytes of data that the tensors need.
        expected: usize,
        /// The number of bytes of data that the file has.
        found: usize,
    },
    /// There is no tensor of this name.
    Missing {
        /// The name.
        name: String,
        /// The names in the file that are most like the missing one, at most three, the nearest
        /// first.
        nearest: Vec<String>,
        /// The number of tensors in the file.
        count: usize,
    },
    /// The tensor has another element type or another shape.
    Unlike {
        /// The name of the tensor.
        name: String,
        /// The expected element type and shape: `F32 (?Batch, 784)`.
        expected: String,
        /// The element type and shape in the file: `F32 (128, 780)`.
        found: String,
        /// The element types, the expected one and the one in the file.
        dtypes: (Dtype, Dtype),
        /// The difference between the shapes, if there is one.
        shape: Option<ShapeError>,
    },
    /// The address of the tensor is not aligned for its element type, so it cannot be viewed.
    Misaligned {
        /// The name of the tensor.
        name: String,
        /// The alignment, of which the address must be a multiple.
        align: usize,
        /// The remainder of the address divided by the alignment.
        past: usize,
    },
    /// The tensor cannot be viewed, because files are little-endian and this machine is big-endian.
    BigEndian {
        /// The name of the tensor.
        name: String,
    },
    /// An element of type `bool` is neither 0 nor 1.
    InvalidBool {
        /// The name of the tensor.
        name: String,
        /// The index of the element, counted from 0 in row-major order.
        index: usize,
        /// The byte of the element.
        byte: u8,
    },
    /// A name, or a key of the metadata, is given twice, or is the name under which the metadata is
    /// stored.
    Name {
        /// The name.
        name: String,
        /// What is wrong with the name.
        problem: &'static str,
    },
}

impl SafeTensorsError {
    /// The tensor `name` has another element type than `T`, or another shape than `S`.
    #[cold]
    pub(super) fn unlike<T: SafeTensorsElement, S: Shape>(
        name: &str,
        found: Dtype,
        lengths: &[usize],
        shape: Option<ShapeError>,
    ) -> Self {
        let expected = Dtype::of::<T>();
        Self::Unlike {
            name: name.to_string(),
            expected: format!("{expected} {}", ShapeError::wanted::<S>()),
            found: format!("{found} {}", Lengths::new(lengths)),
            dtypes: (expected, found),
            shape,
        }
    }
}

/// Like [`Display`](fmt::Display), because a `main` that returns the error prints its `Debug` text.
impl fmt::Debug for SafeTensorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for SafeTensorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            #[cfg(feature = "std")]
            Self::Contents { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Header { problem } => write!(f, "malformed safetensors header: {problem}"),
            Self::Truncated { part, expected, found } => {
                write!(
                    f,
                    "truncated safetensors file: expected {expected} bytes of {part}, found {found}"
                )
            }
            Self::TrailingBytes { expected, found } => {
                let more = found.saturating_sub(*expected);
                let s = if more == 1 { "" } else { "s" };
                write!(
                    f,
                    "{more} trailing byte{s} in safetensors file: expected {expected} bytes of data, found \
                     {found}"
                )
            }
            Self::Missing { name, nearest, count } => {
                write!(f, "no tensor {}", Quoted(name))?;
                match count {
                    0 => return f.write_str(", nor any other"),
                    1 => f.write_str(", the only one is ")?,
                    _ => write!(f, "; the nearest of {count} names: ")?,
                }
                for (k, name) in nearest.iter().enumerate() {
                    write!(f, "{}{}", if k == 0 { "" } else { ", " }, Quoted(name))?;
                }
                Ok(())
            }
            Self::Unlike { name, expected, found, dtypes, shape } => {
                write!(f, "{} is {found}, expected {expected}: ", Quoted(name))?;
                if dtypes.0 != dtypes.1 {
                    write!(
                        f,
                        "{}{}",
                        Converted(dtypes.1),
                        if shape.is_some() { "; " } else { "" }
                    )?;
                }
                shape.as_ref().map_or(Ok(()), |shape| write!(f, "{}", shape.why()))
            }
            Self::Misaligned { name, align, past } => {
                let name = Quoted(name);
                write!(
                    f,
                    "{name} cannot be viewed: its address must be a multiple of {align}, and is {past} past \
                     one; `tensor` copies it"
                )
            }
            Self::BigEndian { name } => {
                let name = Quoted(name);
                write!(
                    f,
                    "{name} cannot be viewed: it is little-endian, unlike this machine; `tensor` copies it"
                )
            }
            Self::InvalidBool { name, index, byte } => {
                let name = Quoted(name);
                write!(
                    f,
                    "invalid bool in {name}: element {index} is the byte {byte}, a bool is 0 or 1"
                )
            }
            Self::Name { name, problem } => write!(f, "{} {problem}", Quoted(name)),
        }
    }
}

/// Has no `source`, because the text already contains that of the inner error.
impl core::error::Error for SafeTensorsError {}

/// Displays how to read elements of this type, which is not the requested one.
struct Converted(Dtype);
impl fmt::Display for Converted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = self.0.rust_name() else {
            return write!(f, "there is no element type for {}", self.0);
        };
        let feature = if self.0.is_half() && !cfg!(feature = "half") {
            ", of the feature `half`"
        } else {
            ""
        };
        write!(f, "elements are not converted, read it as `{name}`{feature}")
    }
}
