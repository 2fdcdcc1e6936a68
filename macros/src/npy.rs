//! Reads a `.npy` file, and checks its header against the bytes that are there.

use crate::dtype::{BOOL, Dtype};
use crate::header::{Cursor, Language};
use crate::written::shape_of;

const MAGIC: &[u8] = b"\x93NUMPY";

/// The contents of a file. `data` is in row-major order.
#[derive(Clone, Debug)]
pub(crate) struct Npy<'a> {
    pub(crate) dtype: Dtype,
    pub(crate) big_endian: bool,
    pub(crate) shape: Vec<u64>,
    pub(crate) data: &'a [u8],
}

impl<'a> Npy<'a> {
    /// Reads `file`, a whole file.
    ///
    /// # Errors
    /// When `file` is not a `.npy` file, or is one that cannot be included.
    pub(crate) fn read(file: &'a [u8]) -> Result<Self, String> {
        let (text, data) = split(file)?;
        let (descr, fortran_order, shape) = dictionary(text)?;
        let (dtype, big_endian) = element_type(&descr)?;
        if fortran_order && shape.iter().filter(|&&length| length != 1).count() > 1 {
            return Err("it is in Fortran order, where the first axis varies fastest: save it by \
                        `numpy.save(path, numpy.ascontiguousarray(x))`"
                .into());
        }
        let nonzero = shape.iter().filter(|&&length| length != 0);
        let needed = nonzero.copied().try_fold(dtype.bits / 8, u64::checked_mul);
        let is_empty = shape.contains(&0);
        let Some(needed) = needed.map(|needed| if is_empty { 0 } else { needed }) else {
            return Err(format!(
                "its header claims more elements than memory can have: {}",
                shape_of(&shape)
            ));
        };
        let found = data.len() as u64;
        if found != needed {
            let is =
                if found < needed { "it is truncated" } else { "it has bytes behind its data" };
            let (name, shape) = (dtype.rust.unwrap_or_default(), shape_of(&shape));
            return Err(format!("{is}: {name} {shape} takes {needed} bytes, found {found}"));
        }
        if dtype == BOOL
            && let Some(index) = data.iter().position(|&byte| byte > 1)
        {
            return Err(format!("element {index} is the byte {}, a bool is 0 or 1", data[index]));
        }
        Ok(Self { dtype, big_endian, shape, data })
    }
}

/// The text of the header, and the bytes after it.
fn split(file: &[u8]) -> Result<(&str, &[u8]), String> {
    let Some(rest) = file.strip_prefix(MAGIC) else {
        let start = file[..file.len().min(MAGIC.len())].escape_ascii();
        // An easy mistake is to include a `.npz` file, which is a zip archive.
        let zip =
            if file.starts_with(b"PK") { ", as zip archives do: that is an .npz file" } else { "" };
        return Err(format!("it is no .npy file: it begins with \"{start}\"{zip}"));
    };
    let truncated = || "it is truncated in its header".to_owned();
    let (version, rest) = rest.split_first_chunk::<2>().ok_or_else(truncated)?;
    let (length, rest) = match version {
        [1, 0] => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(truncated)?;
            (u32::from(u16::from_le_bytes(*length)), rest)
        }
        [2 | 3, 0] => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(truncated)?;
            (u32::from_le_bytes(*length), rest)
        }
        [major, minor] => {
            return Err(format!("it is of format {major}.{minor}, not 1.0, 2.0 or 3.0"));
        }
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let (text, data) = rest.split_at_checked(length).ok_or_else(truncated)?;
    let text = str::from_utf8(text).map_err(|_| "its header is no text".to_owned())?;
    Ok((text, data))
}

/// The element type as the header names it.
enum Descr {
    Simple(String),
    Structured,
}

fn dictionary(text: &str) -> Result<(Descr, bool, Vec<u64>), String> {
    let (mut descr, mut fortran_order, mut shape) = (None, None, None);
    let mut cursor = Cursor::new(text, Language::Python);
    cursor.entries("`{`", |cursor, key| {
        let again = match &*key {
            "descr" => descr.replace(read_descr(cursor)?).is_some(),
            "fortran_order" => fortran_order.replace(read_bool(cursor)?).is_some(),
            "shape" => shape.replace(read_shape(cursor)?).is_some(),
            _ => return Err(format!("its header has the unknown key `{}`", key.escape_debug())),
        };
        if again { Err(format!("its header has the key `{key}` twice")) } else { Ok(()) }
    })?;
    cursor.end()?;
    let missing = |key| format!("its header has no key `{key}`");
    Ok((
        descr.ok_or_else(|| missing("descr"))?,
        fortran_order.ok_or_else(|| missing("fortran_order"))?,
        shape.ok_or_else(|| missing("shape"))?,
    ))
}

fn read_descr(cursor: &mut Cursor<'_>) -> Result<Descr, String> {
    if matches!(cursor.peek(), Some('[' | '(')) {
        return cursor.skip().map(|()| Descr::Structured);
    }
    cursor.string("a type, such as '<f4',").map(Descr::Simple)
}

fn read_bool(cursor: &mut Cursor<'_>) -> Result<bool, String> {
    if cursor.word("True") {
        Ok(true)
    } else if cursor.word("False") {
        Ok(false)
    } else {
        Err(cursor.unexpected("True or False"))
    }
}

fn read_shape(cursor: &mut Cursor<'_>) -> Result<Vec<u64>, String> {
    let mut shape = Vec::new();
    let comma = cursor.items(['(', ')'], "a tuple of lengths", |cursor| {
        shape.push(cursor.number("a length")?);
        Ok(())
    })?;
    // In Python, `(3)` is a number, and `(3,)` is a tuple.
    if shape.len() == 1 && !comma {
        return Err("its header has a number for a shape: one of one axis is `(3,)`".into());
    }
    Ok(shape)
}

/// The element type, and whether it is big-endian.
fn element_type(descr: &Descr) -> Result<(Dtype, bool), String> {
    let Descr::Simple(text) = descr else {
        return Err("its elements are of a structured type, which arrays do not have".into());
    };
    let order = text.chars().next().filter(|order| "<>=|".contains(*order));
    let rest = order.map_or(&**text, |_| &text[1..]);
    let kind = rest.bytes().next().unwrap_or_default();
    let size = rest.get(1..).filter(|size| size.bytes().all(|digit| digit.is_ascii_digit()));
    let dtype = size.and_then(|size| Dtype::of_kind(kind, size.parse().ok()?));
    dtype.map(|dtype| (dtype, order == Some('>'))).ok_or_else(|| {
        let words = match kind {
            b'c' => "complex numbers",
            b'O' => "Python objects",
            b'U' => "Unicode strings",
            b'S' | b'a' => "byte strings",
            b'M' => "dates",
            b'm' => "time spans",
            _ => "elements",
        };
        format!("it holds {words} of type '{}', which arrays do not have", text.escape_debug())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Mutations, npy};

    #[track_caller]
    fn says(file: &[u8], problem: &str) {
        assert_eq!(Npy::read(file).map(|npy| npy.shape).unwrap_err(), problem);
    }

    #[test]
    fn what_numpy_writes() {
        let data: Vec<u8> = [1.0f32, 2.0, 3.0].iter().flat_map(|x| x.to_le_bytes()).collect();
        let file = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", &data);
        let read = Npy::read(&file).unwrap();
        assert_eq!(
            (read.dtype.name, read.big_endian, &*read.shape, read.data),
            ("F32", false, &[3][..], &*data)
        );
        let read = |text| {
            Npy::read(&npy(text, &[1; 8]))
                .map(|npy| (npy.dtype.name, npy.big_endian, npy.shape))
                .unwrap()
        };
        assert_eq!(
            read("{'descr': '>i2', 'fortran_order': False, 'shape': (2, 1, 2)}"),
            ("I16", true, vec![2, 1, 2])
        );
        assert_eq!(
            read("{'descr': '|b1', 'fortran_order': True, 'shape': (1, 8), }"),
            ("BOOL", false, vec![1, 8])
        );
        assert_eq!(
            read("{\"shape\": (8L,), 'fortran_order': False, u'descr': '|u1'}"),
            ("U8", false, vec![8])
        );
        assert_eq!(
            read("{'descr': '=f8', 'fortran_order': False, 'shape': ()}"),
            ("F64", false, vec![])
        );
    }

    #[test]
    fn every_version() {
        let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}";
        for (version, length) in [(1, &[55, 0][..]), (2, &[55, 0, 0, 0]), (3, &[55, 0, 0, 0])] {
            let file = [MAGIC, &[version, 0], length, text.as_bytes(), &[7]].concat();
            assert_eq!(Npy::read(&file).unwrap().data, [7]);
        }
        says(b"\x93NUMPY\x04\x01", "it is of format 4.1, not 1.0, 2.0 or 3.0");
    }

    #[test]
    fn what_is_none() {
        says(b"", "it is no .npy file: it begins with \"\"");
        says(
            b"PK\x03\x04\x14\0",
            "it is no .npy file: it begins with \"PK\\x03\\x04\\x14\\x00\", as zip archives do: that is an .npz file",
        );
        for end in 6..64 {
            says(
                &npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", &[0; 4])[..end],
                "it is truncated in its header",
            );
        }
    }

    #[test]
    fn what_cannot_be_included() {
        let with = |descr: &str, fortran: &str, shape: &str, bytes: usize| {
            npy(
                format!("{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}}}"),
                &vec![0; bytes],
            )
        };
        let fortran = with("'<f4'", "True", "(2, 3)", 24);
        assert!(Npy::read(&fortran).unwrap_err().starts_with("it is in Fortran order"));
        says(
            &with("'<f4'", "False", "(3,)", 11),
            "it is truncated: f32 (3,) takes 12 bytes, found 11",
        );
        says(
            &with("'<f4'", "False", "(3,)", 13),
            "it has bytes behind its data: f32 (3,) takes 12 bytes, found 13",
        );
        says(
            &with("'<f4'", "False", "(0, 4)", 1),
            "it has bytes behind its data: f32 (0, 4) takes 0 bytes, found 1",
        );
        says(
            &with("'<c8'", "False", "(1,)", 8),
            "it holds complex numbers of type '<c8', which arrays do not have",
        );
        says(
            &with("'|O'", "False", "(1,)", 8),
            "it holds Python objects of type '|O', which arrays do not have",
        );
        says(
            &with("'<f16'", "False", "(1,)", 16),
            "it holds elements of type '<f16', which arrays do not have",
        );
        says(
            &with("''", "False", "(1,)", 16),
            "it holds elements of type '', which arrays do not have",
        );
        says(
            &with("[('x', '<f4', (2,))]", "False", "(1,)", 8),
            "its elements are of a structured type, which arrays do not have",
        );
        says(
            &with("'<f4'", "False", "(3)", 12),
            "its header has a number for a shape: one of one axis is `(3,)`",
        );
        says(
            &with("'<f4'", "False", "(0, 18446744073709551615)", 0),
            "its header claims more elements than memory can have: (0, 18446744073709551615)",
        );
        let mut bools = with("'|b1'", "False", "(3,)", 3);
        *bools.last_mut().unwrap() = 2;
        says(&bools, "element 2 is the byte 2, a bool is 0 or 1");
    }

    #[test]
    fn malformed_headers() {
        let header = |text: &str, problem: &str| says(&npy(text, &[]), problem);
        header("", "expected `{` where the header ends");
        header("{'descr'", "expected `:` after the key `descr` where the header ends");
        header(
            "{'descr': 4}",
            "expected a type, such as '<f4', at byte 10 of the header, found `4}`",
        );
        header(
            "{'fortran_order': 1}",
            "expected True or False at byte 18 of the header, found `1}`",
        );
        header(
            "{'shape': [3]}",
            "expected a tuple of lengths at byte 10 of the header, found `[3]}`",
        );
        header("{'shape': (-3,)}", "expected a length at byte 11 of the header, found `-3,)}`");
        header("{'shape': (), 'shape': ()}", "its header has the key `shape` twice");
        header("{'order': 'C'}", "its header has the unknown key `order`");
        header("{'shape': (), 'fortran_order': False}", "its header has no key `descr`");
    }

    /// Changes to valid files. Any result or error is accepted, but no panic.
    #[test]
    fn no_content_panics() {
        let seeds = [
            ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", &[1; 24][..]),
            ("{'descr': '>i2', 'fortran_order': True, 'shape': (3, 1), }", &[1; 6]),
            (
                "{'descr': [('x', '<f4', (2, 2)), ('y', '|S3')], 'fortran_order': False, 'shape': (1L,)}",
                &[1; 19],
            ),
        ];
        let mut read = 0;
        for file in Mutations::of(&seeds, npy).take(40_000) {
            if let Ok(npy) = Npy::read(&file) {
                let count: u64 = npy.shape.iter().product();
                assert_eq!(count * npy.dtype.bits / 8, npy.data.len() as u64);
                read += 1;
            }
        }
        assert!((1000..39_000).contains(&read), "{read}");
    }
}
