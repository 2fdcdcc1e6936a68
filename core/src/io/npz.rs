//! `.npz` archives, which `numpy.savez` and `numpy.savez_compressed` write: zip archives of `.npy`
//! files, one for each array, by its name.
//!
//! [`WeightsFile`](crate::weights::WeightsFile) reads them; here is what can be wrong with one. The
//! archive is read by code of our own (`directory.rs`), entries are stored or deflated, of which
//! the crate `miniz_oxide` inflates the latter, and the checksum of each that is read is compared
//! (`crc.rs`); `encode.rs` is the way back. No content of a file makes the reader panic, and an
//! entry is inflated as far as the header of its array, and the type that is asked for, say.

mod crc;
mod directory;
mod encode;
mod error;

pub(crate) use encode::{ArrayToWrite, encode};
pub use error::NpzError;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use self::crc::Crc;
use self::directory::{Entry, Method};
use crate::io::bytes::FileBytes;
use crate::io::npy::{NpyError, NpyFile, Stored};

/// What archives begin with: an entry, or, where there are none, their end.
pub(crate) const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How much of an entry is inflated to read the header of its array: enough for what NumPy writes,
/// or else for the longest header of version 1.0.
const BEGINNING: [usize; 2] = [512, 10 + u16::MAX as usize];

/// A `.npz` archive whose directory has been read, and the headers of its arrays.
pub(crate) struct Npz<'a> {
    bytes: FileBytes<'a>,
    entries: Vec<Entry>,
    headers: Vec<ArrayHeader>,
}

/// What is known of an array before its data is looked at.
pub(crate) struct ArrayHeader {
    /// The name of the array: that of the entry without `.npy`.
    pub(crate) name: String,
    /// What its `.npy` file says, or what is wrong with it.
    pub(crate) array: Result<DescribedArray, NpzError>,
}

/// What the `.npy` file of an array says before its data.
pub(crate) struct DescribedArray {
    pub(crate) shape: Vec<usize>,
    pub(crate) stored: Stored,
    /// Where its data begins.
    pub(crate) data_at: usize,
}

impl<'a> Npz<'a> {
    /// Reads the directory of `bytes`, a whole archive, and the header of each array.
    ///
    /// # Errors
    /// The bytes are no zip archive, its entries are not where it says, or two have one name.
    pub(crate) fn parse(bytes: FileBytes<'a>) -> Result<Self, NpzError> {
        let entries = directory::parse(&bytes)?;
        let mut npz = Self { bytes, entries, headers: Vec::new() };
        let mut names = BTreeSet::new();
        for entry in &npz.entries {
            let name = entry.name.strip_suffix(".npy").unwrap_or(&entry.name);
            if !names.insert(name) {
                return Err(NpzError::entry(name, "two arrays have this name"));
            }
            npz.headers.push(ArrayHeader { name: name.into(), array: npz.header(entry) });
        }
        Ok(npz)
    }

    /// What is known of the arrays, in the order of the archive.
    pub(crate) fn headers(&self) -> &[ArrayHeader] {
        &self.headers
    }

    /// Whether it is a checkpoint of PyTorch's, which is a zip archive too.
    pub(crate) fn is_checkpoint(&self) -> bool {
        self.entries.iter().any(|entry| entry.name.ends_with("/data.pkl"))
    }

    /// The `.npy` file of the array at `index`, whose data begins at `data_at` and is to be
    /// `expected` bytes long.
    ///
    /// # Errors
    /// When it is longer or shorter, or not what its checksum says.
    pub(crate) fn contents(
        &self,
        index: usize,
        data_at: usize,
        expected: usize,
    ) -> Result<Cow<'_, [u8]>, NpzError> {
        let entry = &self.entries[index];
        let found = entry.size.saturating_sub(data_at);
        let wrong = match found.cmp(&expected) {
            Ordering::Less => Some(NpyError::Truncated { part: "data", expected, found }),
            Ordering::Greater => Some(NpyError::TrailingBytes { expected, found }),
            Ordering::Equal => None,
        };
        if let Some(error) = wrong {
            return Err(NpzError::Contents { name: entry.name.clone(), error });
        }
        let whole = self.beginning(entry, entry.size);
        if whole.len() != entry.size {
            let (size, found) = (entry.size, whole.len());
            return Err(NpzError::entry(
                &entry.name,
                format_args!(
                    "it is to have {size} bytes when it is inflated, and what there is gives {found}"
                ),
            ));
        }
        if Crc::new().and(&whole).value() != entry.crc {
            return Err(NpzError::entry(&entry.name, "it is damaged: its checksum is another one"));
        }
        Ok(whole)
    }

    fn header(&self, entry: &Entry) -> Result<DescribedArray, NpzError> {
        let parse = |limit| {
            let beginning = self.beginning(entry, limit);
            let file = NpyFile::parse(&beginning)?;
            let (shape, stored) = file.described();
            Ok(DescribedArray { shape, stored, data_at: beginning.len() - file.data().len() })
        };
        let described = match parse(BEGINNING[0]) {
            Err(NpyError::Truncated { part: "header", .. }) => parse(BEGINNING[1]),
            described => described,
        };
        described.map_err(|error| NpzError::Contents { name: entry.name.clone(), error })
    }

    /// The first bytes of an entry, at most `limit`: what there is of them.
    fn beginning(&self, entry: &Entry, limit: usize) -> Cow<'_, [u8]> {
        let data = &self.bytes[entry.data.clone()];
        match entry.method {
            Method::Stored => Cow::Borrowed(&data[..data.len().min(limit)]),
            Method::Deflated => {
                // Memory is taken as it is filled.
                let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(data, limit);
                Cow::Owned(inflated.unwrap_or_else(|error| error.output))
            }
        }
    }
}
