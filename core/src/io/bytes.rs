//! The bytes of a file: borrowed, read into memory, or mapped.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Deref;
#[cfg(feature = "mmap")]
use std::{fs::File, io, path::Path};

/// The bytes of a file.
pub(crate) enum FileBytes<'a> {
    Borrowed(&'a [u8]),
    Owned(Vec<u8>),
    #[cfg(feature = "mmap")]
    Mapped(memmap2::Mmap),
}

impl<'a> From<Cow<'a, [u8]>> for FileBytes<'a> {
    fn from(bytes: Cow<'a, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => Self::Borrowed(bytes),
            Cow::Owned(bytes) => Self::Owned(bytes),
        }
    }
}

#[cfg(feature = "mmap")]
impl FileBytes<'static> {
    /// Maps the file at `path` into memory.
    ///
    /// # Errors
    /// When the file cannot be opened or mapped.
    ///
    /// # Safety
    /// Nobody changes or truncates the file while the returned value lives.
    pub(crate) unsafe fn map(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the caller promises that nobody changes or truncates the file while the map
        // lives.
        unsafe { memmap2::Mmap::map(&file) }.map(Self::Mapped)
    }
}

impl Deref for FileBytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            #[cfg(feature = "mmap")]
            Self::Mapped(bytes) => bytes,
        }
    }
}
