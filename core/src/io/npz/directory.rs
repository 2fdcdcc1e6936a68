//! Parses the directory of a zip archive: the list of its entries, which is at the end of the
//! archive.
//!
//! What the directory says of an entry is compared with what the header before the entry's data
//! says. Entries must not overlap: only archives that are made to exhaust memory share data between
//! entries.
//!
//! Source: [APPNOTE.TXT](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), 4.3 to 4.5.
//!
//! 1. Find the end record ([`END`]), searching backwards, because a comment may follow it. The end
//!    record has the number of entries and the range of the directory. Numbers that do not fit in
//!    the 16 or 32 bits that the end record has for them are in a record of 64-bit numbers before
//!    the end record ([`LOCATOR_64`], [`END_64`]).
//! 2. Parse each entry of the directory ([`CENTRAL`]). A number that does not fit in 32 bits is in
//!    the extra field [`EXTRA_64`].
//! 3. Compare each entry with the header before its data ([`LOCAL`]), which gives the range of the
//!    data.
//! 4. Sort the entries by their range, and refuse those that overlap.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::error::NpzError;
use crate::io::quoted::Quoted;

/// The signatures that the parts of an archive begin with.
pub(super) const LOCAL: u32 = 0x0403_4b50;
pub(super) const CENTRAL: u32 = 0x0201_4b50;
pub(super) const END: u32 = 0x0605_4b50;
pub(super) const END_64: u32 = 0x0606_4b50;
pub(super) const LOCATOR_64: u32 = 0x0706_4b50;

/// The lengths in bytes of the parts that begin with these signatures, without the names, extra
/// fields and comments in them.
const LOCAL_LEN: usize = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: usize = 22;
const END_64_LEN: usize = 56;
const LOCATOR_64_LEN: usize = 20;

/// The id of the extra field for numbers that do not fit in 32 bits.
pub(super) const EXTRA_64: u16 = 1;

/// The flag of an encrypted entry.
const ENCRYPTED: u16 = 1;

/// The compression method of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// An entry, as the directory describes it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) method: Method,
    /// The range of the entry's data in the file.
    pub(super) data: Range<usize>,
    /// The number of bytes after decompression.
    pub(super) size: usize,
    pub(super) crc: u32,
}

/// Reads little-endian numbers from the bytes of a file.
#[derive(Clone, Copy)]
struct LittleEndian<'a>(&'a [u8]);
impl LittleEndian<'_> {
    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }
    fn u16(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }
    fn u32(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }
    fn u64(self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_le_bytes)
    }
    /// A number of 32 bits. If all bits are 1, the number may be one that does not fit in 32 bits
    /// and is stored elsewhere.
    fn small(self, at: usize) -> Option<u64> {
        self.u32(at).map(u64::from)
    }
}

/// The range of the directory in the file, and the number of its entries.
struct DirectoryPlace {
    directory: Range<usize>,
    count: u64,
}

/// Parses the entries of the archive, in the order of the directory.
///
/// # Errors
/// When the archive does not conform to the format.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Entry>, NpzError> {
    let DirectoryPlace { directory, count } = find(bytes)?;
    let mut entries = Vec::new();
    let mut taken = Vec::new();
    let mut at = directory.start;
    while at < directory.end {
        let (entry, begin, next) = entry(bytes, at, directory.clone())?;
        taken.push((begin..entry.data.end, entries.len()));
        entries.push(entry);
        at = next;
    }
    if entries.len() as u64 != count {
        let found = entries.len();
        return Err(NpzError::archive(
            directory.start,
            format_args!("the directory has {found} entries, and says {count}"),
        ));
    }
    taken.sort_unstable_by_key(|(range, _)| (range.start, range.end));
    for pair in taken.windows(2) {
        if let [(first, a), (second, b)] = pair
            && second.start < first.end
        {
            let other = &entries[*a].name;
            return Err(NpzError::entry(
                &entries[*b].name,
                format_args!("it shares its bytes with {}", Quoted(other)),
            ));
        }
    }
    Ok(entries)
}

/// Finds the directory.
fn find(bytes: &[u8]) -> Result<DirectoryPlace, NpzError> {
    let numbers = LittleEndian(bytes);
    let missing = || {
        NpzError::archive(
            bytes.len(),
            "its end is not there, where the entries are listed: is it cut off?",
        )
    };
    // A comment of up to 64 KiB may follow the end record. The end record has the length of the
    // comment in its last two bytes.
    let last = bytes.len().checked_sub(END_LEN).ok_or_else(missing)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let ends = |&at: &usize| {
        numbers.u32(at) == Some(END)
            && numbers.u16(at + 20).is_some_and(|comment| usize::from(comment) == last - at)
    };
    let end = (first..=last).rev().find(ends).ok_or_else(missing)?;
    let malformed =
        || NpzError::archive(end, "the end of the archive does not say where its directory is");
    let mut after = end;
    let mut said = || {
        let disks = [numbers.u16(end + 4)?, numbers.u16(end + 6)?];
        let count = numbers.u16(end + 10)?;
        let (mut count, mut size, mut from) =
            (u64::from(count), numbers.small(end + 12)?, numbers.small(end + 16)?);
        let is_large = count == u64::from(u16::MAX)
            || size == u64::from(u32::MAX)
            || from == u64::from(u32::MAX);
        // If a number does not fit in its 16 or 32 bits, all of these bits are 1, and a record of
        // 64-bit numbers comes before the end record. That record may be missing although the bits
        // are 1, because an archive may have exactly 65,535 entries.
        let locator = end.checked_sub(LOCATOR_64_LEN).filter(|_| is_large);
        if let Some(locator) = locator.filter(|&at| numbers.u32(at) == Some(LOCATOR_64)) {
            let record = usize::try_from(numbers.u64(locator + 8)?).ok()?;
            let is_before = record.checked_add(END_64_LEN).is_some_and(|end| end <= locator);
            if !is_before || numbers.u32(record) != Some(END_64) {
                return None;
            }
            (count, size, from) =
                (numbers.u64(record + 32)?, numbers.u64(record + 40)?, numbers.u64(record + 48)?);
            after = record;
        } else if disks != [0, 0] {
            return None;
        }
        let from = usize::try_from(from).ok()?;
        let to = from.checked_add(usize::try_from(size).ok()?)?;
        // The directory must end where the record that locates it begins. This also refuses a file
        // in which other bytes come before the archive: `from` counts from the beginning of the
        // archive, so `to` would not be `after`, an index in the file.
        (to == after).then_some(DirectoryPlace { directory: from..to, count })
    };
    said().ok_or_else(malformed)
}

/// Parses the entry at `at` in the directory. Returns the entry, the index at which the header
/// before its data begins, and the index of the next entry in the directory.
fn entry(
    bytes: &[u8],
    at: usize,
    directory: Range<usize>,
) -> Result<(Entry, usize, usize), NpzError> {
    let listed = &bytes[..directory.end];
    let numbers = LittleEndian(listed);
    let malformed =
        || NpzError::archive(at, "an entry is listed here, and its list ends before it does");
    if numbers.u32(at) != Some(CENTRAL) {
        return Err(NpzError::archive(at, "an entry is to be listed here, and is not"));
    }
    let read = || {
        let (flags, method) = (numbers.u16(at + 8)?, numbers.u16(at + 10)?);
        let crc = numbers.u32(at + 16)?;
        let sizes = (numbers.small(at + 24)?, numbers.small(at + 20)?);
        let lengths =
            [numbers.u16(at + 28)?, numbers.u16(at + 30)?, numbers.u16(at + 32)?].map(usize::from);
        let begin = numbers.small(at + 42)?;
        let name = at + CENTRAL_LEN..at + CENTRAL_LEN + lengths[0];
        let extra = name.end..name.end + lengths[1];
        let next = extra.end + lengths[2];
        (next <= directory.end).then_some((flags, method, crc, sizes, begin, name, extra, next))
    };
    let (flags, method, crc, (size, packed), begin, name, extra, next) =
        read().ok_or_else(malformed)?;
    let raw_name = &listed[name];
    let name = String::from_utf8_lossy(raw_name).into_owned();
    let wrong = |problem: &str| NpzError::entry(&name, problem);

    let mut numbers = [size, packed, begin];
    large(&listed[extra], &mut numbers)
        .ok_or_else(|| wrong("it is too large for 32 bits, and its list has no more of them"))?;
    let [size, packed, begin] = numbers.map(|number| usize::try_from(number).unwrap_or(usize::MAX));
    if flags & ENCRYPTED != 0 {
        return Err(wrong("it is encrypted"));
    }
    let method = match method {
        0 => Method::Stored,
        8 => Method::Deflated,
        _ => {
            let known = match method {
                12 => " (bzip2)",
                14 => " (LZMA)",
                93 => " (Zstandard)",
                _ => "",
            };
            let problem = format!(
                "it is compressed by method {method}{known}: stored and deflated ones are read"
            );
            return Err(NpzError::entry(&name, problem));
        }
    };
    if method == Method::Stored && size != packed {
        return Err(wrong("it is stored, and is to have two sizes"));
    }

    // The header before the data repeats the method and the name, so both are compared.
    let before = LittleEndian(&bytes[..directory.start]);
    let data = || {
        let length = |at| before.u16(begin.checked_add(at)?).map(usize::from);
        let names = begin.checked_add(LOCAL_LEN)?;
        let from = names.checked_add(length(26)?)?;
        let same = before.u32(begin)? == LOCAL
            && before.u16(begin + 8)? == if method == Method::Stored { 0 } else { 8 }
            && before.0.get(names..from)? == raw_name;
        let from = from.checked_add(length(28)?)?;
        let to = from.checked_add(packed).filter(|&to| to <= directory.start)?;
        same.then_some(from..to)
    };
    let data = data()
        .ok_or_else(|| wrong("it is not where the directory of the archive says, or not whole"))?;
    Ok((Entry { name, method, data, size, crc }, begin, next))
}

/// Replaces each of `numbers` that does not fit in 32 bits by the next number of the extra field
/// [`EXTRA_64`] in `extra`. `None` if that field is missing or too short.
fn large(mut extra: &[u8], numbers: &mut [u64; 3]) -> Option<()> {
    let is_large = |number: &u64| *number == u64::from(u32::MAX);
    if !numbers.iter().any(is_large) {
        return Some(());
    }
    loop {
        let (id, size) = (LittleEndian(extra).u16(0)?, usize::from(LittleEndian(extra).u16(2)?));
        let field = extra.get(4..4 + size)?;
        if id == EXTRA_64 {
            let mut at = 0;
            for number in numbers.iter_mut().filter(|number| is_large(number)) {
                *number = LittleEndian(field).u64(at)?;
                at += size_of::<u64>();
            }
            return Some(());
        }
        extra = &extra[4 + size..];
    }
}
