//! `.npz` archives, which `numpy.savez` and `numpy.savez_compressed` write: zip archives with a
//! `.npy` file for each array, which has the name of the array.
//!
//! [`WeightsFile`](crate::weights::WeightsFile) reads archives; this module has the errors. No
//! content of a file makes the reader panic. To read the header of an array, at most some 64 KiB of
//! its entry are inflated. The whole entry is inflated only if the array fits the requested type,
//! and to no more bytes than the header states.
//!
//! The reader of zip archives is our own (`directory.rs`): with only two compression methods it is
//! short. Entries are stored without compression, or deflated; the crate `miniz_oxide` inflates the
//! deflated ones. The checksum of each entry that is read is verified (`crc.rs`). `encode.rs`
//! writes archives, whose entries are stored.

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

/// The bytes that archives begin with: the signature of an entry or, in an empty archive, that of
/// the end record.
pub(crate) const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The numbers of bytes to which an entry is inflated to read the header of its array. The first is
/// enough for the headers that NumPy writes. If the header is longer, the second is tried, which is
/// enough for the longest header of version 1.0.
const BEGINNING: [usize; 2] = [512, 10 + u16::MAX as usize];

/// A `.npz` archive. Its directory and the headers of its arrays have been read.
pub(crate) struct Npz<'a> {
    bytes: FileBytes<'a>,
    entries: Vec<Entry>,
    headers: Vec<ArrayHeader>,
}

/// The name of an array, and the contents of its header.
pub(crate) struct ArrayHeader {
    /// The name of the array: that of the entry without `.npy`.
    pub(crate) name: String,
    /// The header of the array's `.npy` file, or what is wrong with that file.
    pub(crate) array: Result<DescribedArray, NpzError>,
}

/// The contents of the header of an array's `.npy` file.
pub(crate) struct DescribedArray {
    pub(crate) shape: Vec<usize>,
    pub(crate) stored: Stored,
    /// The index in the `.npy` file at which the data begins.
    pub(crate) data_at: usize,
}

impl<'a> Npz<'a> {
    /// Reads the directory of `bytes`, a whole archive, and the header of each array.
    ///
    /// # Errors
    /// When the bytes are not a zip archive, entries are not where the directory says, or two
    /// arrays have the same name.
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

    /// The headers of the arrays, in the order of the archive.
    pub(crate) fn headers(&self) -> &[ArrayHeader] {
        &self.headers
    }

    /// Whether the archive is a checkpoint of PyTorch, which is a zip archive too.
    pub(crate) fn is_checkpoint(&self) -> bool {
        self.entries.iter().any(|entry| entry.name.ends_with("/data.pkl"))
    }

    /// The `.npy` file of the array at `index`. The array's data begins at `data_at` in that file,
    /// and must be `expected` bytes long.
    ///
    /// # Errors
    /// When the data has another length than `expected`, or the file has another length or checksum
    /// than the archive states.
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

    /// The first bytes of an entry, at most `limit`; fewer if the entry is shorter than `limit`, or
    /// is damaged.
    fn beginning(&self, entry: &Entry, limit: usize) -> Cow<'_, [u8]> {
        let data = &self.bytes[entry.data.clone()];
        match entry.method {
            Method::Stored => Cow::Borrowed(&data[..data.len().min(limit)]),
            Method::Deflated => {
                // The output grows as it is filled, so a false size in the archive does not make
                // `miniz_oxide` allocate more.
                let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(data, limit);
                Cow::Owned(inflated.unwrap_or_else(|error| error.output))
            }
        }
    }
}
