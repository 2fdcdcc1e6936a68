//! Why weights were not loaded, or not saved.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::problem::Problem;
#[cfg(feature = "npz")]
use crate::io::npz::NpzError;
use crate::io::quoted::Quoted;
#[cfg(feature = "safetensors")]
use crate::io::safetensors::SafeTensorsError;

/// Why weights were not loaded, or not saved. If tensors do not fit, the error has all problems at
/// once, and its text lists them line by line.
///
/// ```
/// use shapewright::{Tensor, shape, tensor, weights::{Weights, WeightsFile}};
/// #[derive(Weights)]
/// struct Net {
///     scale: Tensor<f32, shape![3]>,
///     shift: Tensor<f32, shape![3]>,
/// }
/// let bytes = shapewright::io::safetensors::SafeTensorsWriter::new()
///     .with("scale", &tensor![1.0f32, 2.0])
///     .with("shfit", &tensor![0.0f32, 0.0, 0.0])
///     .with("extra", &tensor![0.0f32])
///     .to_bytes()?;
/// let error = WeightsFile::from_bytes(&bytes)?.load::<Net>().err().unwrap();
/// assert_eq!(
///     error.to_string(),
///     "\
/// 3 problems:
///   `scale` is (2,), expected (3,): axis -1 must be 3, not 2
///   `shift` is missing, the nearest that nothing reads is `shfit`
///   `extra` (1,) is in the file, and nothing reads it"
/// );
/// assert_eq!(error.problems()[1].name(), Some("shift"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
pub enum WeightsError {
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
        error: alloc::boxed::Box<WeightsError>,
    },
    /// The format of the file cannot be read, or the name of the file does not end with the
    /// extension of a format that can be written.
    Format {
        /// What the file is, and what to do.
        problem: &'static str,
    },
    /// The file cannot be read, or cannot be written, as a `.safetensors` file.
    #[cfg(feature = "safetensors")]
    SafeTensors(SafeTensorsError),
    /// The file cannot be read as a `.npz` archive.
    #[cfg(feature = "npz")]
    Npz(NpzError),
    /// Tensors of the file do not fit the value that is loaded.
    Problems(Vec<Problem>),
    /// A tensor cannot be written.
    Write {
        /// The name of the tensor.
        name: String,
        /// The reason.
        problem: &'static str,
    },
}

impl WeightsError {
    /// The problems with individual tensors of a file that does not fit; empty for all other
    /// errors.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            #[cfg(feature = "std")]
            Self::Contents { error, .. } => error.problems(),
            Self::Problems(problems) => problems,
            _ => &[],
        }
    }
}

/// Like [`Display`](fmt::Display), because a `main` that returns the error prints its `Debug` text.
impl fmt::Debug for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            #[cfg(feature = "std")]
            Self::Contents { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Format { problem } => f.write_str(problem),
            #[cfg(feature = "safetensors")]
            Self::SafeTensors(error) => fmt::Display::fmt(error, f),
            #[cfg(feature = "npz")]
            Self::Npz(error) => fmt::Display::fmt(error, f),
            Self::Problems(problems) => listed(problems, f),
            Self::Write { name, problem } => write!(f, "{} {problem}", Quoted(name)),
        }
    }
}

/// Has no `source`, because the text of this error already contains the text of the inner one.
impl core::error::Error for WeightsError {}

#[cfg(feature = "safetensors")]
impl From<SafeTensorsError> for WeightsError {
    fn from(error: SafeTensorsError) -> Self {
        Self::SafeTensors(error)
    }
}
#[cfg(feature = "npz")]
impl From<NpzError> for WeightsError {
    fn from(error: NpzError) -> Self {
        Self::Npz(error)
    }
}

/// The maximum number of problems that are listed.
const LISTED: usize = 50;

/// Lists the problems, one per line. Problems about the same pair of element types share a line,
/// because a file of `f16` has such a problem for each tensor.
fn listed(problems: &[Problem], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let [only] = problems {
        return fmt::Display::fmt(only, f);
    }
    write!(f, "{} problems:", problems.len())?;
    let (mut lines, mut told) = (0, 0);
    for (k, problem) in problems.iter().enumerate() {
        let same = |other: &&Problem| says_the_same(problem, other);
        if problems[..k].iter().any(|other| same(&other)) {
            continue;
        }
        if lines == LISTED {
            return write!(f, "\n  and {} more", problems.len() - told);
        }
        let others = problems[k + 1..].iter().filter(same).count();
        match (problem, others) {
            (Problem::Element { name, found, expected, converts }, 1..) => {
                let what = if *converts { ": `.convert()` converts them" } else { "" };
                let s = if others == 1 { "" } else { "s" };
                write!(
                    f,
                    "\n  {} and {others} other{s} are {found}, expected {expected}{what}",
                    Quoted(name)
                )?;
            }
            _ => write!(f, "\n  {problem}")?,
        }
        lines += 1;
        told += 1 + others;
    }
    Ok(())
}

/// Whether `a` and `b` are both about element types, and differ only in the names of the tensors.
fn says_the_same(a: &Problem, b: &Problem) -> bool {
    match (a, b) {
        (
            Problem::Element { found, expected, .. },
            Problem::Element { found: other_found, expected: other_expected, .. },
        ) => found == other_found && expected == other_expected,
        _ => false,
    }
}
