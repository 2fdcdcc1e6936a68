//! What can be wrong with one tensor of a file of weights.

use alloc::string::String;
use core::fmt;

use crate::io::quoted::Quoted;
use crate::lengths::Lengths;

/// What is wrong with one tensor of the file, or of the value that is loaded. The text is one line.
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
        /// The nearest name among the tensors that nothing reads, if it is near enough.
        nearest: Option<String>,
    },
    /// The tensor in the file has another shape than the type into which it is loaded.
    Shape {
        /// The name of the tensor.
        name: String,
        /// The shape in the file.
        found: Lengths,
        /// The shape of the type into which the tensor is loaded, with `?` for a run-time length:
        /// `(?Batch, 784)`.
        expected: String,
        /// The difference: `axis -1 must be 784, not 780`.
        why: String,
    },
    /// The tensor in the file has another element type than the type into which it is loaded.
    Element {
        /// The name of the tensor.
        name: String,
        /// The element type in the file: the name in Rust, such as `f16`, or that in the file
        /// format if no Rust type has such elements.
        found: String,
        /// The element type of the type into which the tensor is loaded.
        expected: &'static str,
        /// Whether [`convert`](super::WeightsFile::convert) can convert the elements.
        converts: bool,
    },
    /// The tensor is in the file, and nothing reads it.
    Unused {
        /// The name of the tensor.
        name: String,
        /// The shape, if the file states one.
        shape: Option<Lengths>,
    },
    /// The data of the tensor is damaged, or has values that the element type does not have; or
    /// [`Reader::problem`](super::Reader::problem) has recorded the problem.
    TensorData {
        /// The name of the tensor.
        name: String,
        /// What is wrong with the data.
        problem: String,
    },
    /// The file has none of the names that are read, but has all of them with the prefix `prefix`
    /// added, or removed.
    Prefix {
        /// The prefix, such as `module.`.
        prefix: String,
        /// True if the names in the file have the prefix, and the user did not give that prefix;
        /// false if the user gave the prefix, and the names do not have it.
        in_file: bool,
    },
}

impl Problem {
    /// The name of the tensor, if the problem is about a single tensor.
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

/// Like [`Display`](fmt::Display).
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
