//! What can be wrong with a `.safetensors` file, in one line each.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::element::{Dtype, SafeTensorsElement};
use crate::error::ShapeError;
use crate::io::quoted::Quoted;
use crate::lengths::Lengths;
use crate::shape::Shape;

/// Why a `.safetensors` file, or a tensor of it, was not read, or not written. The text says what
/// was expected and what was found.
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
        /// The file.
        path: std::path::PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The contents of a file are wrong, in one of the ways below.
    #[cfg(feature = "std")]
    Contents {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong with its contents.
        error: alloc::boxed::Box<SafeTensorsError>,
    },
    /// The header is not what the format says, or its tensors are not one behind the other, each of
    /// the size of its shape.
    Header {
        /// What is wrong with it.
        problem: String,
    },
    /// The file ends too early.
    Truncated {
        /// The part that is incomplete: `"data"`, `"header"` or `"header length"`.
        part: &'static str,
        /// How many bytes this part has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// More bytes follow than the tensors have.
    TrailingBytes {
        /// How many bytes of data the tensors have.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// There is no tensor of this name.
    Missing {
        /// The name.
        name: String,
        /// The nearest names that there are, at most three, the nearest first.
        nearest: Vec<String>,
        /// How many tensors there are.
        count: usize,
    },
    /// The tensor has another element type or another shape.
    Unlike {
        /// Its name.
        name: String,
        /// The element type and the shape that are expected: `F32 (?Batch, 784)`.
        expected: String,
        /// Those that are found: `F32 (128, 780)`.
        found: String,
        /// The element types, expected and found.
        dtypes: (Dtype, Dtype),
        /// What differs between the shapes, if they do.
        shape: Option<ShapeError>,
    },
    /// The tensor is not where elements of its type can be viewed.
    Misaligned {
        /// Its name.
        name: String,
        /// What its address must be a multiple of.
        align: usize,
        /// How many bytes it is past one.
        past: usize,
    },
    /// The tensor cannot be viewed, as files are little-endian and this machine is big-endian.
    BigEndian {
        /// Its name.
        name: String,
    },
    /// An element of type `bool` is neither 0 nor 1.
    InvalidBool {
        /// The tensor's name.
        name: String,
        /// Which element, counted from 0 in row-major order.
        index: usize,
        /// Its byte.
        byte: u8,
    },
    /// A name, or a key of the metadata, is given twice, or is the one under which the metadata is
    /// kept.
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl SafeTensorsError {
    /// The tensor `name` is of another type than `T`, or of another shape than `S`.
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

/// As [`Display`](fmt::Display), which is what a `main` prints that returns it.
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

/// No `source`: what it would return is in the text already.
impl core::error::Error for SafeTensorsError {}

/// What to do about elements of another type.
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
