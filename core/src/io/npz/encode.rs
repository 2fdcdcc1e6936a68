//! Makes the bytes of a `.npz` archive, whose entries are stored uncompressed, as `numpy.savez`
//! writes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::crc::Crc;
use super::directory::{CENTRAL, END, END_64, EXTRA_64, LOCAL, LOCATOR_64};

/// An array to be written.
pub(crate) struct ArrayToWrite<'a> {
    /// The name, without `.npy`.
    pub(crate) name: &'a str,
    /// All bytes of the array's `.npy` file before the data.
    pub(crate) header: Vec<u8>,
    /// The number of bytes of the array's data.
    pub(crate) len: u64,
    /// Passes the array's data, block by block, to a function, until that function returns `false`.
    pub(crate) blocks: &'a dyn Fn(&mut dyn FnMut(&[u8]) -> bool),
}

/// The versions of the format that a reader must know: 4.5 for an entry with numbers in 64 bits,
/// 2.0 for an entry without.
const VERSION_64: u16 = 45;
const VERSION: u16 = 20;
/// The flag of an entry whose name is UTF-8.
const UTF_8: u16 = 1 << 11;
/// The first of January 1980, at midnight: the archive does not record when it was written.
const DATE: u32 = (1 << 5 | 1) << 16;

/// Passes the bytes of an archive of `arrays` to `write`, until `write` fails. The data of each
/// array is generated twice, because in the archive the checksum of the data comes before the data.
///
/// # Errors
/// The errors of `write`.
pub(crate) fn encode<E>(
    arrays: &[ArrayToWrite<'_>],
    write: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    encode_with(arrays, u64::from(u32::MAX), write)
}

/// Like [`encode`], but stores a number in 64 bits if it is at least `large`, and otherwise in 32
/// bits. Tests pass a small `large`.
fn encode_with<E>(
    arrays: &[ArrayToWrite<'_>],
    large: u64,
    mut write: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let (mut at, mut directory, mut count) = (0u64, Vec::new(), 0u64);
    for array in arrays {
        let mut crc = Crc::new().and(&array.header);
        (array.blocks)(&mut |block| {
            crc = crc.and(block);
            true
        });
        let entry = EntryToWrite {
            name: String::from(array.name) + ".npy",
            crc: crc.value(),
            size: (array.header.len() as u64).saturating_add(array.len),
            at,
            large,
        };
        let local = entry.local();
        write(&local)?;
        write(&array.header)?;
        let mut written = Ok(());
        (array.blocks)(&mut |block| {
            written = write(block);
            written.is_ok()
        });
        written?;
        at = at.saturating_add(local.len() as u64).saturating_add(entry.size);
        directory.extend(entry.central());
        count += 1;
    }
    write(&directory)?;
    write(&end(count, directory.len() as u64, at, large))
}

/// The description of an entry that is written.
struct EntryToWrite {
    name: String,
    crc: u32,
    size: u64,
    /// The index in the archive at which the entry begins.
    at: u64,
    /// The least number that is stored in 64 bits.
    large: u64,
}

impl EntryToWrite {
    /// The fields that are the same in the header before the data and in the directory.
    fn common(&self, is_large: bool, extra: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        push(
            &mut bytes,
            &[if is_large { VERSION_64 } else { VERSION }, UTF_8, 0].map(u64::from),
            2,
        );
        push(&mut bytes, &[u64::from(DATE), u64::from(self.crc)], 4);
        let size = if self.size >= self.large { u64::from(u32::MAX) } else { self.size };
        push(&mut bytes, &[size, size], 4);
        push(&mut bytes, &[self.name.len() as u64, extra.len() as u64], 2);
        bytes
    }

    /// The header before the data.
    fn local(&self) -> Vec<u8> {
        let is_large = self.size >= self.large;
        let extra = if is_large { extra(&[self.size, self.size]) } else { Vec::new() };
        let mut bytes = LOCAL.to_le_bytes().to_vec();
        bytes.extend(self.common(is_large, &extra));
        bytes.extend_from_slice(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }

    /// The entry in the directory.
    fn central(&self) -> Vec<u8> {
        let mut numbers = Vec::new();
        if self.size >= self.large {
            numbers.extend([self.size, self.size]);
        }
        if self.at >= self.large {
            numbers.push(self.at);
        }
        let is_large = !numbers.is_empty();
        let extra = if is_large { extra(&numbers) } else { Vec::new() };
        let mut bytes = CENTRAL.to_le_bytes().to_vec();
        push(&mut bytes, &[u64::from(if is_large { VERSION_64 } else { VERSION })], 2);
        bytes.extend(self.common(is_large, &extra));
        // These zeros are the length of the comment, the number of the disk, and the internal
        // attributes.
        push(&mut bytes, &[0, 0, 0], 2);
        let at = if self.at >= self.large { u64::from(u32::MAX) } else { self.at };
        push(&mut bytes, &[0, at], 4);
        bytes.extend_from_slice(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }
}

/// The end of an archive whose directory has `count` entries, is `size` bytes long and begins at
/// `at`. If `size` or `at` is at least `large`, or if `count` is at least `large` or 65,535, a
/// record with 64-bit numbers comes first.
fn end(count: u64, size: u64, at: u64, large: u64) -> Vec<u8> {
    let most = u64::from(u16::MAX);
    let mut bytes = Vec::new();
    if count >= most.min(large) || size >= large || at >= large {
        let end_64 = at.saturating_add(size);
        push(&mut bytes, &[u64::from(END_64)], 4);
        // The number of bytes that follow in this record.
        push(&mut bytes, &[44], 8);
        push(&mut bytes, &[VERSION_64, VERSION_64].map(u64::from), 2);
        push(&mut bytes, &[0, 0], 4);
        push(&mut bytes, &[count, count, size, at], 8);
        push(&mut bytes, &[u64::from(LOCATOR_64), 0], 4);
        push(&mut bytes, &[end_64], 8);
        push(&mut bytes, &[1], 4);
    }
    let limited = |number: u64, limit: u64| if number >= limit.min(large) { limit } else { number };
    let count = limited(count, most);
    push(&mut bytes, &[u64::from(END)], 4);
    push(&mut bytes, &[0, 0, count, count], 2);
    push(&mut bytes, &[size, at].map(|number| limited(number, u64::from(u32::MAX))), 4);
    push(&mut bytes, &[0], 2);
    bytes
}

/// The extra field with numbers that do not fit in 32 bits.
fn extra(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    push(&mut bytes, &[u64::from(EXTRA_64), 8 * numbers.len() as u64], 2);
    push(&mut bytes, numbers, 8);
    bytes
}

/// Appends `numbers` to `bytes`, each as its `size` lowest bytes in little-endian order.
fn push(bytes: &mut Vec<u8>, numbers: &[u64], size: usize) {
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes()[..size]);
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::Cow;
    use core::convert::Infallible;

    use super::super::Npz;
    use super::*;
    use crate::io::npy;
    use crate::tensor;

    fn archive(files: &[(&str, Vec<u8>)], large: u64) -> Vec<u8> {
        let blocks: Vec<_> = files
            .iter()
            .map(|(_, file)| {
                move |write: &mut dyn FnMut(&[u8]) -> bool| {
                    let _ = file[128..].chunks(7).all(&mut *write);
                }
            })
            .collect();
        let arrays: Vec<_> = files
            .iter()
            .zip(&blocks)
            .map(|((name, file), blocks)| ArrayToWrite {
                name,
                header: file[..128].to_vec(),
                len: file.len() as u64 - 128,
                blocks,
            })
            .collect();
        let mut bytes = Vec::new();
        let written: Result<(), Infallible> = encode_with(&arrays, large, |block| {
            bytes.extend_from_slice(block);
            Ok(())
        });
        written.unwrap();
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let files = [
            ("fc1.weight", npy::to_bytes(&tensor![[1.0f32, 2.0], [3.0, 4.0]])),
            ("ü", npy::to_bytes(&tensor![7u8])),
            ("", npy::to_bytes(&tensor![0.0f64; 0, 3])),
        ];
        // If `large` is 0, all numbers are stored in 64 bits. If it is 200, some are, and if it is
        // the last value, none is.
        for large in [0, 200, u64::from(u32::MAX)] {
            let bytes = archive(&files, large);
            let npz = Npz::parse(Cow::<[u8]>::Borrowed(&bytes).into()).unwrap();
            let names: Vec<_> = npz.headers().iter().map(|header| header.name.as_str()).collect();
            assert_eq!(names, ["fc1.weight", "ü", ""]);
            for (k, (_, file)) in files.iter().enumerate() {
                assert_eq!(npz.contents(k, 128, file.len() - 128).unwrap(), *file, "{large}");
            }
        }
        assert!(
            Npz::parse(Cow::<[u8]>::Owned(archive(&[], 0)).into()).unwrap().headers().is_empty()
        );
        assert_eq!(archive(&[], 1 << 32), [&END.to_le_bytes()[..], &[0; 18]].concat());
    }
}
