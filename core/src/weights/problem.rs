//! What can be wrong with one tensor of a file of weights, in one line each.

use alloc::string::String;
use core::fmt;

use crate::io::quoted::Quoted;
use crate::lengths::Lengths;

/// What is wrong with one tensor, of what is loaded or of the file.
///
/// ```
/// use shapewright::weights::Problem;
/// let problem = Problem::Missing { name: "fc2.bias".into(), nearest: Some("fc2_bias".into()) };
/// assert_eq!(problem.to_string(), "`fc2.bias` is missing, the nearest that nothing reads is `fc2_bias`");
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Problem {
    /// There is no tensor of this name.
    Missing {
        /// The name.
        name: String,
        /// The nearest name of a tensor that nothing reads, if there is one that is near.
        nearest: Option<String>,
    },
    /// The tensor has another shape than its type says.
    Shape {
        /// Its name.
        name: String,
        /// The shape in the file.
        found: Lengths,
        /// The shape that the type says, in which a length of run time is `?`: `(?Batch, 784)`.
        expected: String,
        /// What differs: `axis -1 must be 784, not 780`.
        why: String,
    },
    /// The tensor has another element type than its type says.
    Element {
        /// Its name.
        name: String,
        /// The element type in the file: `f16`, or what the format calls one that Rust has not.
        found: String,
        /// That of the type.
        expected: &'static str,
        /// Whether [`convert`](super::WeightsFile::convert) makes one the other.
        converts: bool,
    },
    /// The tensor is in the file, and nothing reads it.
    Unused {
        /// Its name.
        name: String,
        /// Its shape, where the file says one.
        shape: Option<Lengths>,
    },
    /// The data of the tensor is damaged, or has values that its type has not.
    TensorData {
        /// Its name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// None of the names is there, and all are with these letters before them, or without them.
    Prefix {
        /// The letters: `module.`.
        prefix: String,
        /// Whether the file has them, and they were not given.
        in_file: bool,
    },
}

impl Problem {
    /// The name of the tensor, where it is about one.
    ///
    /// ```
    /// use shapewright::weights::Problem;
    /// assert_eq!(Problem::Missing { name: "fc2.bias".into(), nearest: None }.name(), Some("fc2.bias"));
    /// ```
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Missing { name, .. }
            | Self::Shape { name, .. }
            | Self::Element { name, .. }
            | Self::Unused { name, .. }
            | Self::TensorData { name, .. } => Some(name),
            Self::Prefix { .. } => None,
        }
    }
}

/// As [`Display`](fmt::Display).
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name, nearest } => {
                write!(f, "{} is missing", Quoted(name))?;
                nearest.as_ref().map_or(Ok(()), |near| {
                    write!(f, ", the nearest that nothing reads is {}", Quoted(near))
                })
            }
            Self::Shape { name, found, expected, why } => {
                write!(f, "{} is {found}, expected {expected}: {why}", Quoted(name))
            }
            Self::Element { name, found, expected, converts } => {
                let what = if *converts { ": `.convert()` converts it" } else { "" };
                write!(f, "{} is {found}, expected {expected}{what}", Quoted(name))
            }
            Self::Unused { name, shape } => {
                write!(f, "{} ", Quoted(name))?;
                shape.as_ref().map_or(Ok(()), |shape| write!(f, "{shape} "))?;
                f.write_str("is in the file, and nothing reads it")
            }
            Self::TensorData { name, problem } if name.is_empty() => f.write_str(problem),
            Self::TensorData { name, problem } => write!(f, "{}: {problem}", Quoted(name)),
            Self::Prefix { prefix, in_file: true } => {
                let prefix = Quoted(prefix);
                write!(
                    f,
                    "all names have {prefix} before them in the file, which `load_prefixed` takes off"
                )
            }
            Self::Prefix { prefix, in_file: false } => {
                write!(
                    f,
                    "no name has {} before it in the file: all are there without it",
                    Quoted(prefix)
                )
            }
        }
    }
}
