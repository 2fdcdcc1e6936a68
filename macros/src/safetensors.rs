//! Reads a `.safetensors` file, and checks its header against the bytes that are there.

use crate::dtype::{BOOL, Dtype};
use crate::header::{Cursor, Language};
use crate::written::shape_of;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum length of a header that the format allows, in bytes.
const LONGEST: u64 = 100_000_000;

/// A tensor of a file: its data is `data[start..end]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<u64>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The contents of a file.
#[derive(Clone, Debug)]
pub(crate) struct SafeTensors<'a> {
    /// The tensors, in the order of their data.
    pub(crate) tensors: Vec<(String, Entry)>,
    pub(crate) data: &'a [u8],
}

impl<'a> SafeTensors<'a> {
    /// Reads `file`, a whole file.
    ///
    /// # Errors
    /// When `file` is not a `.safetensors` file: its header is truncated or malformed, tensors
    /// overlap or have gaps between them, a tensor has another size than its shape requires, or the
    /// last tensor does not end where the file ends.
    pub(crate) fn read(file: &'a [u8]) -> Result<Self, String> {
        let (text, data) = split(file)?;
        let mut claims = BTreeMap::new();
        let mut has_metadata = false;
        let mut cursor = Cursor::new(text, Language::Json);
        cursor.entries("`{`", |cursor, name| {
            let again = if name == "__metadata__" {
                metadata(cursor)?;
                std::mem::replace(&mut has_metadata, true)
            } else {
                let claim = Claim::read(cursor)
                    .map_err(|problem| format!("{}: {problem}", quoted(&name)))?;
                claims.insert(name.clone(), claim).is_some()
            };
            if again {
                Err(format!("its header has the name {} twice", quoted(&name)))
            } else {
                Ok(())
            }
        })?;
        cursor.end()?;
        let tensors = placed(claims, data)?;
        Ok(Self { tensors, data })
    }
}

/// A name from a file, for a message.
pub(crate) fn quoted(name: &str) -> String {
    const LONGEST: usize = 100;
    let shown: String = name.chars().take(LONGEST).collect();
    let more = if shown.len() < name.len() { "..." } else { "" };
    format!("`{}{more}`", shown.escape_debug())
}

/// The text of the header, and the bytes after it.
fn split(file: &[u8]) -> Result<(&str, &[u8]), String> {
    let Some((length, rest)) = file.split_first_chunk() else {
        return Err(format!("it is no .safetensors file: it has {} bytes", file.len()));
    };
    let length = u64::from_le_bytes(*length);
    let split = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
    let Some((text, data)) = split.filter(|_| length <= LONGEST) else {
        let none = "it is no .safetensors file";
        return Err(if file.starts_with(b"PK\x03\x04") {
            // An easy mistake is to include a `.pt` or `.npz` file, which is a zip archive.
            format!("{none}: it is a zip archive, as PyTorch's .pt files and .npz files are")
        } else if length > LONGEST {
            format!(
                "{none}: its header would be {length} bytes long, at most {LONGEST} are allowed"
            )
        } else {
            format!("it is truncated: its header is {length} bytes long, found {}", rest.len())
        });
    };
    let text = str::from_utf8(text).map_err(|_| "its header is no text".to_owned())?;
    Ok((text, data))
}

/// Reads the metadata: texts by their keys, or `null`.
fn metadata(cursor: &mut Cursor<'_>) -> Result<(), String> {
    if cursor.word("null") {
        return Ok(());
    }
    let mut keys = BTreeSet::new();
    cursor.entries("texts by their keys as metadata", |cursor, key| {
        cursor.string("a text in the metadata")?;
        match keys.replace(key) {
            Some(key) => Err(format!("its metadata has the key {} twice", quoted(&key))),
            None => Ok(()),
        }
    })
}

/// The entry of a tensor in the header.
#[derive(Clone, Debug)]
struct Claim {
    dtype: Dtype,
    shape: Vec<u64>,
    offsets: (u64, u64),
}

impl Claim {
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let (mut dtype, mut shape, mut offsets) = (None, None, None);
        cursor.entries("an object", |cursor, key| {
            let again = match &*key {
                "dtype" => {
                    let name = cursor.string("an element type, such as \"F32\",")?;
                    let known = Dtype::of_name(&name);
                    let known = known
                        .ok_or_else(|| format!("the element type {} is unknown", quoted(&name)))?;
                    dtype.replace(known).is_some()
                }
                "shape" => shape.replace(numbers(cursor, "a list of lengths")?).is_some(),
                "data_offsets" => {
                    let wanted = "a list of two offsets";
                    let [start, end] = numbers(cursor, wanted)?[..] else {
                        return Err(format!("expected {wanted}"));
                    };
                    offsets.replace((start, end)).is_some()
                }
                _ => cursor.skip().map(|()| false)?,
            };
            if again { Err(format!("its `{key}` is given twice")) } else { Ok(()) }
        })?;
        let missing = |key| format!("its `{key}` is not given");
        Ok(Self {
            dtype: dtype.ok_or_else(|| missing("dtype"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
            offsets: offsets.ok_or_else(|| missing("data_offsets"))?,
        })
    }

    /// The number of bytes of the tensor's elements; `None` if that number overflows or is not
    /// whole.
    fn size(&self) -> Option<u64> {
        let bits = self.shape.iter().copied().try_fold(self.dtype.bits, u64::checked_mul)?;
        bits.is_multiple_of(8).then_some(bits / 8)
    }
}

fn numbers(cursor: &mut Cursor<'_>, expected: &str) -> Result<Vec<u64>, String> {
    let mut numbers = Vec::new();
    cursor.items(['[', ']'], expected, |cursor| {
        numbers.push(cursor.number("a whole number")?);
        Ok(())
    })?;
    Ok(numbers)
}

/// The ranges of the tensors in the data. They must follow each other without gaps and fill the
/// data.
fn placed(claims: BTreeMap<String, Claim>, data: &[u8]) -> Result<Vec<(String, Entry)>, String> {
    let mut claims: Vec<_> = claims.into_iter().collect();
    claims.sort_by_key(|(_, claim)| claim.offsets);
    let mut before = 0;
    for (name, claim) in &claims {
        let ((start, end), name) = (claim.offsets, quoted(name));
        if start != before || end < start {
            let what = if start < before {
                "overlaps the tensor before it"
            } else {
                "does not begin where the one before it ends"
            };
            return Err(format!(
                "{name} {what}: its bytes are {start} to {end}, those before it end at {before}"
            ));
        }
        let Some(size) = claim.size() else {
            let (dtype, shape) = (claim.dtype.name, shape_of(&claim.shape));
            return Err(format!(
                "{name} is {dtype} {shape}, which is no number of bytes that memory can have"
            ));
        };
        if end - start != size {
            let (dtype, shape, found) = (claim.dtype.name, shape_of(&claim.shape), end - start);
            return Err(format!(
                "{name} is {dtype} {shape}, which takes {size} bytes, and it has {found}"
            ));
        }
        before = end;
    }
    let found = data.len() as u64;
    if before != found {
        let is = if found < before { "it is truncated" } else { "it has bytes behind its data" };
        return Err(format!("{is}: its tensors take {before} bytes, found {found}"));
    }
    let place = |(name, claim): (String, Claim)| {
        let Claim { dtype, shape, offsets: (start, end) } = claim;
        // `start` and `end` are at most the length of `data`, so the casts do not change them.
        let entry = Entry { dtype, shape, start: start as usize, end: end as usize };
        let bytes = &data[entry.start..entry.end];
        match bytes.iter().position(|&byte| byte > 1).filter(|_| dtype == BOOL) {
            Some(index) => Err(format!(
                "element {index} of {} is the byte {}, a bool is 0 or 1",
                quoted(&name),
                bytes[index]
            )),
            None => Ok((name, entry)),
        }
    };
    claims.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Mutations, safetensors};

    #[track_caller]
    fn says(file: &[u8], problem: &str) {
        assert_eq!(SafeTensors::read(file).map(|file| file.tensors).unwrap_err(), problem);
    }

    const SMALL: &str = r#"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
        "b\u00e9":{"data_offsets":[8,10],"shape":[2],"dtype":"BOOL","more":[{"x":null}]},
        "c":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[8,8]}}   "#;

    #[test]
    fn what_a_header_says() {
        let file = safetensors(SMALL, &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
        let read = SafeTensors::read(&file).unwrap();
        let names: Vec<_> = read.tensors.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, read.data.len()), (vec!["a", "c", "bé"], 10));
        let (_, b) = &read.tensors[2];
        assert_eq!((b.dtype, &*b.shape, b.start, b.end), (BOOL, &[2][..], 8, 10));
        assert!(SafeTensors::read(&safetensors("{}", &[])).unwrap().tensors.is_empty());
        assert!(
            SafeTensors::read(&safetensors(r#"{"__metadata__": null}"#, &[]))
                .unwrap()
                .tensors
                .is_empty()
        );
    }

    #[test]
    fn what_is_none() {
        says(b"", "it is no .safetensors file: it has 0 bytes");
        says(
            b"PK\x03\x04\x14\0\0\0\0",
            "it is no .safetensors file: it is a zip archive, as PyTorch's .pt files and .npz files are",
        );
        says(
            &[0xff; 20],
            "it is no .safetensors file: its header would be 18446744073709551615 bytes long, at most 100000000 are allowed",
        );
        says(&100u64.to_le_bytes(), "it is truncated: its header is 100 bytes long, found 0");
        let file = safetensors(SMALL, &[0; 10]);
        for end in 0..file.len() {
            assert!(SafeTensors::read(&file[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn tensors_that_are_not_one_behind_the_other() {
        let two = |a: &str, b: &str| {
            let tensor = |rest: &str| format!(r#"{{"dtype":"F32",{rest}}}"#);
            safetensors(format!(r#"{{"a":{},"b":{}}}"#, tensor(a), tensor(b)), &[0; 16])
        };
        let a = r#""shape":[2],"data_offsets":[0,8]"#;
        assert!(SafeTensors::read(&two(a, r#""shape":[2],"data_offsets":[8,16]"#)).is_ok());
        says(
            &two(a, r#""shape":[3],"data_offsets":[4,16]"#),
            "`b` overlaps the tensor before it: its bytes are 4 to 16, those before it end at 8",
        );
        says(
            &two(a, r#""shape":[1],"data_offsets":[12,16]"#),
            "`b` does not begin where the one before it ends: its bytes are 12 to 16, those before it end at 8",
        );
        says(
            &two(a, r#""shape":[1],"data_offsets":[8,4]"#),
            "`b` does not begin where the one before it ends: its bytes are 8 to 4, those before it end at 8",
        );
        says(
            &two(a, r#""shape":[2,2],"data_offsets":[8,16]"#),
            "`b` is F32 (2, 2), which takes 16 bytes, and it has 8",
        );
        says(
            &two(a, r#""shape":[4294967296,4294967296],"data_offsets":[8,16]"#),
            "`b` is F32 (4294967296, 4294967296), which is no number of bytes that memory can have",
        );
        says(
            &two(a, r#""shape":[1],"data_offsets":[8,12]"#),
            "it has bytes behind its data: its tensors take 12 bytes, found 16",
        );
        says(
            &two(a, r#""shape":[4],"data_offsets":[8,24]"#),
            "it is truncated: its tensors take 24 bytes, found 16",
        );
    }

    #[test]
    fn malformed_headers() {
        let header = |text: &str, problem: &str| says(&safetensors(text, &[0; 4]), problem);
        header("", "expected `{` where the header ends");
        header("[]", "expected `{` at byte 0 of the header, found `[]`");
        header(r#"{"a":1}"#, "`a`: expected an object at byte 5 of the header, found `1}`");
        header(r#"{"a":{}}"#, "`a`: its `dtype` is not given");
        header(r#"{"a":{"dtype":"F33"}}"#, "`a`: the element type `F33` is unknown");
        header(
            r#"{"a":{"shape":[1.5]}}"#,
            "`a`: expected a whole number at byte 15 of the header, found `1.5]}}`",
        );
        header(r#"{"a":{"data_offsets":[0]}}"#, "`a`: expected a list of two offsets");
        header(r#"{"a":{"shape":[],"shape":[]}}"#, "`a`: its `shape` is given twice");
        let a = r#""a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}"#;
        header(&format!("{{{a},{a}}}"), "its header has the name `a` twice");
        header(
            &format!("{{{a}}} x"),
            &format!("expected nothing more at byte {} of the header, found `x`", a.len() + 3),
        );
        header(
            r#"{"__metadata__":{"a":1}}"#,
            "expected a text in the metadata at byte 21 of the header, found `1}}`",
        );
        header(r#"{"__metadata__":{"a":"","a":""}}"#, "its metadata has the key `a` twice");
        let half = r#"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,0]}}"#;
        header(half, "`a` is F4 (1,), which is no number of bytes that memory can have");
    }

    #[test]
    fn bytes_that_are_no_bool() {
        let text = r#"{"mask":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#;
        says(&safetensors(text, &[0, 1, 2]), "element 2 of `mask` is the byte 2, a bool is 0 or 1");
    }

    /// Changes to valid files. Any result or error is accepted, but no panic.
    #[test]
    fn no_content_panics() {
        let seeds = [
            (SMALL, &[1; 10][..]),
            (r#"{"x":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#, &[1; 8]),
            ("{}", &[]),
        ];
        let mut read = 0;
        for file in Mutations::of(&seeds, safetensors).take(40_000) {
            if let Ok(file) = SafeTensors::read(&file) {
                let mut bytes: usize = 0;
                for (_, entry) in &file.tensors {
                    bytes += file.data[entry.start..entry.end].len();
                }
                assert_eq!(bytes, file.data.len());
                read += 1;
            }
        }
        assert!((1000..39_000).contains(&read), "{read}");
    }
}
