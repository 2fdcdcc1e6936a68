//! What can be wrong with a `.npz` archive.

use alloc::string::{String, ToString};
use core::fmt;

use crate::io::npy::NpyError;
use crate::io::quoted::Quoted;

/// Why a `.npz` archive, or an array in an archive, was not read. The text, in one line, says what
/// was expected and what was found.
///
/// Source: [APPNOTE.TXT](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) for zip
/// archives, and
/// [`numpy.savez`](https://numpy.org/doc/stable/reference/generated/numpy.savez.html).
///
/// ```
/// use shapewright::io::npz::NpzError;
/// let error = NpzError::Archive { at: 22, problem: "an entry begins here, and goes past the end".into() };
/// assert_eq!(error.to_string(), "malformed .npz archive at byte 22: an entry begins here, and goes past the end");
/// ```
#[non_exhaustive]
pub enum NpzError {
    /// The archive does not conform to the format.
    Archive {
        /// The position, in bytes from the start of the file.
        at: usize,
        /// What is wrong at that position.
        problem: String,
    },
    /// An entry is not as the archive describes it, or has a property that is not supported.
    Entry {
        /// The name of the entry in the archive, such as `fc1.weight.npy`.
        name: String,
        /// What is wrong with the entry.
        problem: String,
    },
    /// The contents of an entry are not a `.npy` file that can be read.
    Contents {
        /// The name of the entry.
        name: String,
        /// What is wrong with its contents.
        error: NpyError,
    },
}

impl NpzError {
    #[cold]
    pub(super) fn archive(at: usize, problem: impl fmt::Display) -> Self {
        Self::Archive { at, problem: problem.to_string() }
    }

    #[cold]
    pub(super) fn entry(name: &str, problem: impl fmt::Display) -> Self {
        Self::Entry { name: name.to_string(), problem: problem.to_string() }
    }
}

impl NpzError {
    /// What is wrong with an entry, without the entry's name. An error of the archive itself names
    /// no entry, and keeps its whole text.
    pub(crate) fn without_name(&self) -> String {
        match self {
            Self::Entry { problem, .. } => problem.clone(),
            Self::Contents { error, .. } => error.to_string(),
            Self::Archive { .. } => self.to_string(),
        }
    }
}

/// Like [`Display`](fmt::Display), because a `main` that returns the error prints its `Debug` text.
impl fmt::Debug for NpzError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for NpzError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Archive { at, problem } => {
                write!(f, "malformed .npz archive at byte {at}: {problem}")
            }
            Self::Entry { name, problem } => write!(f, "{}: {problem}", Quoted(name)),
            Self::Contents { name, error } => write!(f, "{}: {error}", Quoted(name)),
        }
    }
}

/// Has no `source`, because the text already contains that of the inner error.
impl core::error::Error for NpzError {}
