//! The start of a `.npy` file: the magic bytes, the version, and the dictionary that describes the
//! array.

use alloc::string::String;
use alloc::vec::Vec;

use super::MAGIC;
use super::element::{TypeString, describe};
use super::error::NpyError;
use super::literal::{Cursor, Shown};

/// The maximum number of axes, which is NumPy's own limit. The limit bounds the memory that a
/// header makes the reader allocate.
const MOST_AXES: usize = 64;

/// The contents of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The element type, if it is a simple type and not a structured one.
    pub(super) element: Option<TypeString>,
    /// The element type in words, for a message.
    pub(super) element_words: String,
    /// Whether the *first* axis varies fastest in the data.
    pub(super) fortran_order: bool,
    pub(super) shape: Vec<usize>,
}

impl Header {
    /// Parses the header of the file `bytes`. Returns the header, and all bytes after the header.
    pub(super) fn parse(bytes: &[u8]) -> Result<(Self, &[u8]), NpyError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return Err(NpyError::NotNpy { found: bytes[..bytes.len().min(MAGIC.len())].to_vec() });
        };
        let (version, rest) = take(rest, 2, "format version")?;
        let size_of_length = match *version {
            [1, 0] => 2,
            [2 | 3, 0] => 4,
            _ => return Err(NpyError::Version { major: version[0], minor: version[1] }),
        };
        let (length, rest) = take(rest, size_of_length, "header length")?;
        let length = length.iter().rev().fold(0u32, |length, &byte| length << 8 | u32::from(byte));
        let (text, data) = take(rest, usize::try_from(length).unwrap_or(usize::MAX), "header")?;
        // Version 3.0 differs from 2.0 only in the encoding. Outside of strings the text is ASCII
        // in both, so both are parsed alike.
        let header = Self::parse_text(text, bytes.len() - rest.len())?;
        Ok((header, data))
    }

    /// Parses the dictionary `text`, which starts at byte `start` of the file.
    fn parse_text(text: &[u8], start: usize) -> Result<Self, NpyError> {
        let mut cursor = Cursor::new(text, start);
        let (mut descr, mut fortran_order, mut shape) = (None, None, None);

        let dictionary = cursor.mark();
        cursor.expect(b'{', "'{'")?;
        while !cursor.eat(b'}') {
            let here = cursor.mark();
            let key = cursor.string("a key, such as 'shape'")?;
            cursor.expect(b':', format_args!("':' after key '{}'", Shown(key)))?;
            let again = match key {
                b"descr" => descr.replace(element(&mut cursor)?).is_some(),
                b"fortran_order" => fortran_order.replace(cursor.boolean()?).is_some(),
                b"shape" => shape.replace(tuple(&mut cursor)?).is_some(),
                _ => return Err(here.problem(format_args!("unknown key '{}'", Shown(key)))),
            };
            if again {
                return Err(here.problem(format_args!("key '{}' stands here again", Shown(key))));
            }
            if !cursor.eat(b',') {
                cursor.expect(
                    b'}',
                    format_args!("',' or '}}' after the value of '{}'", Shown(key)),
                )?;
                break;
            }
        }
        cursor.expect_end()?;

        let missing = |key| dictionary.problem(format_args!("key '{key}' is missing"));
        let (element, element_words) = descr.ok_or_else(|| missing("descr"))?;
        let fortran_order = fortran_order.ok_or_else(|| missing("fortran_order"))?;
        let shape = shape.ok_or_else(|| missing("shape"))?;
        Ok(Self { element, element_words, fortran_order, shape })
    }
}

/// Splits `bytes` after the first `length` bytes, and returns the two pieces. `part` names the
/// first piece in an error.
fn take<'a>(
    bytes: &'a [u8],
    length: usize,
    part: &'static str,
) -> Result<(&'a [u8], &'a [u8]), NpyError> {
    let truncated = NpyError::Truncated { part, expected: length, found: bytes.len() };
    bytes.split_at_checked(length).ok_or(truncated)
}

/// Parses the value of `descr`: a type string, or the list or tuple of a structured type, which is
/// kept only for a message.
fn element(cursor: &mut Cursor<'_>) -> Result<(Option<TypeString>, String), NpyError> {
    let mut inside = cursor.mark();
    if inside.eat(b'[') || inside.eat(b'(') {
        return Ok((None, describe(cursor.any()?, None)));
    }
    let text = cursor.string("a type string, such as '<f4'")?;
    Ok((TypeString::parse(text), describe(inside.until(cursor), Some(text))))
}

/// Parses the value of `shape`: `()`, `(3,)`, `(3, 4)`.
fn tuple(cursor: &mut Cursor<'_>) -> Result<Vec<usize>, NpyError> {
    let here = cursor.mark();
    cursor.expect(b'(', "a tuple of lengths, such as (3, 4)")?;
    let mut shape = Vec::new();
    while !cursor.eat(b')') {
        if shape.len() == MOST_AXES {
            return Err(here.problem(format_args!(
                "expected a shape of at most {MOST_AXES} axes, found more"
            )));
        }
        shape.push(cursor.length()?);
        if !cursor.eat(b',') {
            // In Python, `(3)` is a number and not a tuple, so a comma must follow a single length.
            let expected = if shape.len() == 1 {
                "',' after the first length"
            } else {
                "',' or ')' in the shape"
            };
            if shape.len() == 1 || !cursor.eat(b')') {
                return Err(cursor.unexpected(expected));
            }
            break;
        }
    }
    Ok(shape)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::{format, vec};

    use super::*;

    const START: usize = 10;

    fn parse(text: &str) -> Result<Header, NpyError> {
        Header::parse_text(text.as_bytes(), START)
    }

    #[track_caller]
    fn says(text: &str, problem: &str) {
        assert_eq!(
            parse(text).unwrap_err().to_string(),
            format!("malformed .npy header at byte {problem}")
        );
    }

    #[test]
    fn what_numpy_reads() {
        let expected = Header {
            element: TypeString::parse(b"<f4"),
            element_words: "f32 ('<f4')".to_string(),
            fortran_order: false,
            shape: vec![3, 4],
        };
        for text in [
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }            \n",
            "{'shape': (3, 4), 'descr': '<f4', 'fortran_order': False}",
            "{'shape':(3,4,),'fortran_order':False,'descr':'<f4'}",
            " \t{ 'descr' : '<f4' ,\n'fortran_order' : False,\r\n 'shape' : ( 3 , 4 , ) , } \n\n",
            "{\"descr\": '<f4', u'fortran_order': False, \"shape\": (3, 4)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L), }",
        ] {
            assert_eq!(parse(text).unwrap(), expected, "{text}");
        }
        let shape = |text: &str| {
            parse(&format!("{{'descr': '<f4', 'fortran_order': True, 'shape': {text}}}")).unwrap()
        };
        assert!(shape("()").fortran_order);
        assert!(shape("()").shape.is_empty());
        assert_eq!(shape("(3,)").shape, [3]);
        assert_eq!(shape("(0, 18)").shape, [0, 18]);
        assert_eq!(shape(&format!("({},)", usize::MAX)).shape, [usize::MAX]);
        assert_eq!(shape(&format!("({})", "1,".repeat(64))).shape, [1; 64]);
    }

    #[test]
    fn structured_types_are_kept_for_the_message() {
        let header = parse(
            "{'descr': [('x', '<f4'), ('a]}', '|S3', (2,))], 'fortran_order': False, 'shape': (3,)}",
        );
        let header = header.unwrap();
        assert_eq!(header.element, None);
        assert_eq!(
            header.element_words,
            "a structured type ([('x', '<f4'), ('a]}', '|S3', (2,))])"
        );
        assert_eq!(header.shape, [3]);
        let many = format!(
            "{{'descr': [{}], 'fortran_order': False, 'shape': ()}}",
            "('x', '<f4'), ".repeat(9)
        );
        let words = parse(&many).unwrap().element_words;
        assert!(words.ends_with("('x', '<f4'), ('x...)"), "{words}");
    }

    #[test]
    fn malformed() {
        says("", "10: expected '{', found the end of the header");
        says("  [1]", "12: expected '{', found [1");
        says("{", "11: expected a key, such as 'shape', found the end of the header");
        says("{descr: 1}", "11: expected a key, such as 'shape', found descr");
        says("{'descr", "11: this string has no closing quote");
        says("{'descr' '<f4'}", "19: expected ':' after key 'descr', found '<f4'");
        says("{'descr': 4}", "20: expected a type string, such as '<f4', found 4");
        says("{'descr': '<f4' 4}", "26: expected ',' or '}' after the value of 'descr', found 4");
        says(
            "{'descr': ['<f4'",
            "26: expected ',' or '}' after the value of 'descr', found the end of the header",
        );
        says("{'fortran_order': 1}", "28: expected True or False, found 1");
        says("{'fortran_order': true}", "28: expected True or False, found true");
        says(
            "{'fortran_order': Falsehood}",
            "33: expected ',' or '}' after the value of 'fortran_order', found hood",
        );
        says("{'shape': 3}", "20: expected a tuple of lengths, such as (3, 4), found 3");
        says("{'shape': [3, 4]}", "20: expected a tuple of lengths, such as (3, 4), found [3");
        says("{'shape': (3)}", "22: expected ',' after the first length, found )");
        says("{'shape': (3 4)}", "23: expected ',' after the first length, found 4");
        says("{'shape': (3, 4 5)}", "26: expected ',' or ')' in the shape, found 5");
        says("{'shape': (,)}", "21: expected a length, found ,");
        says("{'shape': (-3,)}", "21: expected a length, found -3");
        says("{'shape': (03,)}", "21: expected a length, found 03");
        says("{'shape': (3.5,)}", "22: expected ',' after the first length, found .5");
        says("{'shape': (3, None)}", "24: expected a length, found None");
        says(
            "{'shape': (99999999999999999999999999,)}",
            "21: length 99999999999999999999999999 is too large",
        );
        says(
            &format!("{{'shape': ({})}}", "1,".repeat(65)),
            "20: expected a shape of at most 64 axes, found more",
        );
        says("{'shape': (3,), \x07}", "26: expected a key, such as 'shape', found \\x07");
    }

    #[test]
    fn keys() {
        says("{'descr': '<f4', 'fortran_order': False}", "10: key 'shape' is missing");
        says("{'shape': (), 'fortran_order': False, }", "10: key 'descr' is missing");
        says(" {'descr': '<f4', 'shape': (3,)}", "11: key 'fortran_order' is missing");
        says("{}", "10: key 'descr' is missing");
        says("{'shape': (), 'shape': ()}", "24: key 'shape' stands here again");
        says("{'shape': (), 'order': 'C'}", "24: unknown key 'order'");
        says("{'shape': (), '\\x73': 'C'}", "24: unknown key '\\x73'");
        says(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} {}",
            "66: expected nothing after the dictionary, found {",
        );
    }

    #[test]
    fn before_the_dictionary() {
        let refusal = |bytes: &[u8]| Header::parse(bytes).unwrap_err().to_string();
        assert!(refusal(b"").starts_with("not a .npy file"));
        assert!(refusal(b"\x93NUMP").ends_with("found \"\\x93NUMP\""));
        assert!(refusal(b"\x93NUMPX\x01\x00").ends_with("found \"\\x93NUMPX\""));
        assert_eq!(
            refusal(b"\x93NUMPY\x01"),
            "truncated .npy file: expected 2 bytes of format version, found 1"
        );
        assert_eq!(
            refusal(b"\x93NUMPY\x01\x01\x00\x00"),
            "unsupported .npy format: expected version 1.0, 2.0 or 3.0, found 1.1"
        );
        assert_eq!(
            refusal(b"\x93NUMPY\x02\x00\x00"),
            "truncated .npy file: expected 4 bytes of header length, found 1"
        );
        assert_eq!(
            refusal(b"\x93NUMPY\x01\x00\x76\x00{}"),
            "truncated .npy file: expected 118 bytes of header, found 2"
        );
        assert_eq!(
            refusal(b"\x93NUMPY\x03\x00\xff\xff\xff\xff{}"),
            "truncated .npy file: expected 4294967295 bytes of header, found 2"
        );
    }

    #[test]
    fn every_version() {
        let text = b"{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}";
        for (version, length) in [(1, &[55, 0][..]), (2, &[55, 0, 0, 0]), (3, &[55, 0, 0, 0])] {
            let bytes = [MAGIC, &[version, 0], length, text, b"data"].concat();
            let (header, data) = Header::parse(&bytes).unwrap();
            assert_eq!((header.shape, data), (vec![3], &b"data"[..]));
        }
    }
}
