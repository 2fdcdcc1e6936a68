//! The parsed header of a `.npy` file, and the checks before its elements are read in row-major
//! order.

#[cfg(feature = "npz")]
use alloc::{string::String, vec::Vec};

use super::element::{NpyElement, TypeString};
use super::error::NpyError;
use super::header::Header;
use super::raw::{DecodedElements, Raw};
use crate::agreement;
use crate::axes::MAX_RANK;
use crate::axes::element_count;
use crate::error::ShapeError;
use crate::shape::FromLengths;

/// A `.npy` file in memory, with its header read.
#[derive(Clone, Debug)]
pub(crate) struct NpyFile<'a> {
    header: Header,
    /// All bytes after the header.
    data: &'a [u8],
}

impl<'a> NpyFile<'a> {
    /// Reads the header of `bytes`, a whole file. The data is not checked yet.
    ///
    /// # Errors
    /// When the bytes are not a `.npy` file of a known version, or the header is malformed or
    /// truncated.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, NpyError> {
        let (header, data) = Header::parse(bytes)?;
        Ok(Self { header, data })
    }

    /// The shape that the header states, of up to 64 axes. The shape has not been compared with the
    /// length of the data. Do not allocate memory for this shape before
    /// [`elements`](Self::elements) has accepted it.
    pub(crate) fn shape(&self) -> &[usize] {
        &self.header.shape
    }

    /// The shape `S`, whose run-time lengths are those of the file.
    ///
    /// # Errors
    /// When the element type is not `T`, or the shape does not fit `S`.
    pub(crate) fn shape_as<T: NpyElement, S: FromLengths>(&self) -> Result<S, NpyError> {
        self.element::<T>()?;
        Ok(agreement::found(self.shape())?)
    }

    /// All bytes after the header.
    #[cfg(feature = "npz")]
    pub(crate) fn data(&self) -> &'a [u8] {
        self.data
    }

    /// The shape that the header states, and how the elements are stored.
    #[cfg(feature = "npz")]
    pub(crate) fn described(&self) -> (Vec<usize>, Stored) {
        let Header { element, element_words, fortran_order, shape } = self.header.clone();
        let (name, big_endian) =
            element.map_or((None, false), |element| (element.name(), element.big_endian));
        (shape, Stored { name, words: element_words, big_endian, fortran_order })
    }

    /// The element type of the file.
    ///
    /// # Errors
    /// When the element type is not `T`.
    fn element<T: NpyElement>(&self) -> Result<TypeString, NpyError> {
        self.header.element.filter(|element| element.is::<T>()).ok_or_else(|| {
            let found = self.header.element_words.clone();
            NpyError::ElementType { expected: T::NAME, found }
        })
    }

    /// The elements in row-major order; their number is the product of `expected`.
    ///
    /// # Errors
    /// Checked in this order: the element type is not `T`; the shape is not `expected`, or has more
    /// than eight axes; there are too few or too many bytes for that shape; an element of type
    /// `bool` is not 0 or 1.
    pub(crate) fn elements<T: NpyElement>(
        &self,
        expected: &[usize],
    ) -> Result<DecodedElements<'a, T>, NpyError> {
        let element = self.element::<T>()?;
        if self.shape() != expected {
            return Err(ShapeError::mismatch(expected, self.shape()).into());
        }
        if expected.len() > MAX_RANK {
            return Err(ShapeError::rank(expected).into());
        }
        let needed =
            element_count(expected, usize::MAX).and_then(|count| count.checked_mul(size_of::<T>()));
        let Some(needed) = needed else { return Err(ShapeError::overflow(expected).into()) };
        let found = self.data.len();
        if found < needed {
            return Err(NpyError::Truncated { part: "data", expected: needed, found });
        }
        if found > needed {
            return Err(NpyError::TrailingBytes { expected: needed, found });
        }
        if let Some((index, byte)) = T::invalid(self.data) {
            return Err(NpyError::InvalidBool { index, byte });
        }
        let raw = Raw::new(self.data, expected, self.header.fortran_order);
        Ok(DecodedElements::new(raw, element.big_endian))
    }
}

/// How the elements of a file are stored.
#[cfg(feature = "npz")]
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// The name of the Rust type of the elements, if there is such a type.
    pub(crate) name: Option<&'static str>,
    /// The element type in words, such as `f64 ('<f8')`.
    pub(crate) words: String,
    pub(crate) big_endian: bool,
    /// Whether the *first* axis varies fastest in the data.
    pub(crate) fortran_order: bool,
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;
    use core::fmt::Debug;

    use super::super::encode::encode;
    use super::*;

    /// A file whose header states `descr`, `fortran_order` and `shape`, and whose data is `data`.
    fn file(descr: &str, fortran_order: bool, shape: &str, data: &[u8]) -> Vec<u8> {
        let order = if fortran_order { "True" } else { "False" };
        let header = format!("{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}}}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend_from_slice(&(header.len() as u16).to_le_bytes());
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(data);
        bytes
    }

    fn decode<T: NpyElement>(bytes: &[u8], expected: &[usize]) -> Result<Vec<T>, NpyError> {
        let elements = NpyFile::parse(bytes)?.elements(expected)?;
        let announced = elements.len();
        let elements: Vec<T> = elements.collect();
        assert_eq!(announced, elements.len());
        Ok(elements)
    }

    fn refusal<T: NpyElement + Debug>(bytes: &[u8], expected: &[usize]) -> String {
        decode::<T>(bytes, expected).unwrap_err().to_string()
    }

    #[test]
    fn every_element_type_in_both_orders_of_bytes() {
        macro_rules! check {
            ($($number:ident $descr:literal $values:expr;)*) => {$(
                let values: [$number; 3] = $values;
                let little: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
                let big: Vec<u8> = values.iter().flat_map(|value| value.to_be_bytes()).collect();
                let native: Vec<u8> = values.iter().flat_map(|value| value.to_ne_bytes()).collect();
                for (order, data) in [("<", &little), (">", &big), ("=", &native), ("|", &native), ("", &native)] {
                    let bytes = file(&format!("'{order}{}'", $descr), false, "(3,)", data);
                    assert_eq!(decode::<$number>(&bytes, &[3]).unwrap(), values, "{order}{}", $descr);
                }
                assert_eq!(decode::<$number>(&encode(&[3], values), &[3]).unwrap(), values);
            )*};
        }
        check! {
            f32 "f4" [1.5, f32::INFINITY, -0.0];
            f64 "f8" [1.5, f64::MIN_POSITIVE, -1e300];
            i8 "i1" [1, i8::MIN, i8::MAX];
            i16 "i2" [1, i16::MIN, i16::MAX];
            i32 "i4" [1, i32::MIN, i32::MAX];
            i64 "i8" [1, i64::MIN, i64::MAX];
            u8 "u1" [1, 2, u8::MAX];
            u16 "u2" [1, 2, u16::MAX - 1];
            u32 "u4" [1, 2, u32::MAX - 1];
            u64 "u8" [1, 2, u64::MAX - 1];
        }
        let bytes = file("'|b1'", false, "(3,)", &[0, 1, 1]);
        assert_eq!(decode::<bool>(&bytes, &[3]).unwrap(), [false, true, true]);
        assert_eq!(
            decode::<bool>(&encode(&[3], [false, true, true]), &[3]).unwrap(),
            [false, true, true]
        );
    }

    /// The files are those that NumPy writes for arrays from `numpy.asfortranarray`.
    #[test]
    fn fortran_order_is_transposed() {
        let bytes = file("'|u1'", true, "(2, 3)", &[0, 3, 1, 4, 2, 5]);
        assert_eq!(decode::<u8>(&bytes, &[2, 3]).unwrap(), [0, 1, 2, 3, 4, 5]);
        let bytes = file("'|u1'", true, "(2, 3, 2)", &[0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
        assert_eq!(decode::<u8>(&bytes, &[2, 3, 2]).unwrap(), (0..12).collect::<Vec<_>>());
        let bytes = file("'>i2'", true, "(2, 1, 2)", &[0, 0, 0, 2, 0, 1, 0, 3]);
        assert_eq!(decode::<i16>(&bytes, &[2, 1, 2]).unwrap(), [0, 1, 2, 3]);
        assert_eq!(decode::<u8>(&file("'|u1'", true, "()", &[7]), &[]).unwrap(), [7]);
        assert_eq!(
            decode::<u8>(&file("'|u1'", true, "(3,)", &[7, 8, 9]), &[3]).unwrap(),
            [7, 8, 9]
        );
        assert!(
            decode::<u8>(&file("'|u1'", true, "(3, 0, 2)", &[]), &[3, 0, 2]).unwrap().is_empty()
        );
        let shape = "(1, 2, 1, 2, 1, 1, 1, 2)";
        let bytes = file("'|u1'", true, shape, &[0, 4, 2, 6, 1, 5, 3, 7]);
        assert_eq!(
            decode::<u8>(&bytes, &[1, 2, 1, 2, 1, 1, 1, 2]).unwrap(),
            (0..8).collect::<Vec<_>>()
        );
    }

    #[test]
    fn empty_arrays_and_scalars() {
        assert!(decode::<f32>(&encode::<f32>(&[0, 5], []), &[0, 5]).unwrap().is_empty());
        assert_eq!(decode::<f64>(&encode(&[], [2.5]), &[]).unwrap(), [2.5]);
    }

    #[test]
    fn another_element_type() {
        let says = |descr, found| {
            let expected = format!("element type mismatch: expected f32, found {found}");
            assert_eq!(refusal::<f32>(&file(descr, false, "(0,)", &[]), &[0]), expected);
        };
        says("'<f8'", "f64 ('<f8')");
        says("'>i4'", "i32 ('>i4')");
        says("'|O'", "Python objects ('|O')");
        says("[('x', '<f4')]", "a structured type ([('x', '<f4')])");
        says("('<f4', (2,))", "a structured type (('<f4', (2,)))");
        assert_eq!(
            refusal::<bool>(&file("'|u1'", false, "(0,)", &[]), &[0]),
            "element type mismatch: expected bool, found u8 ('|u1')"
        );
    }

    #[test]
    fn another_shape() {
        let bytes = encode(&[2, 3], [0u8; 6]);
        assert_eq!(
            refusal::<u8>(&bytes, &[2, 4]),
            "\
shape mismatch: expected (2, 4), found (2, 3): axis -1 must be 4, not 3
  expected  2  4
  found     2  3
               ^"
        );
        // (6,) and (2, 3) have the same number of elements, but are different shapes.
        assert!(
            refusal::<u8>(&bytes, &[6])
                .starts_with("shape mismatch: expected (6,), found (2, 3): rank")
        );
        let ranks = file("'|u1'", false, "(1, 1, 1, 1, 1, 1, 1, 1, 1)", &[0]);
        assert_eq!(NpyFile::parse(&ranks).unwrap().shape(), [1; 9]);
        assert!(
            refusal::<u8>(&ranks, &[1; 8])
                .contains("found (…, 1, 1, 1, 1, 1, 1, 1, 1): rank must be 8, not 9")
        );
    }

    #[test]
    fn too_few_and_too_many_bytes() {
        assert_eq!(
            refusal::<f32>(&file("'<f4'", false, "(3,)", &[0; 11]), &[3]),
            "truncated .npy file: expected 12 bytes of data, found 11"
        );
        assert_eq!(
            refusal::<f32>(&file("'<f4'", false, "(3,)", &[0; 13]), &[3]),
            "1 trailing byte in .npy file: expected 12 bytes of data, found 13"
        );
        assert_eq!(
            refusal::<f32>(&file("'<f4'", false, "(0,)", &[0; 4]), &[0]),
            "4 trailing bytes in .npy file: expected 0 bytes of data, found 4"
        );
    }

    /// A header may state any size: nothing is allocated for a size that the data does not have,
    /// even if the product of the lengths overflows.
    #[test]
    fn a_header_that_lies() {
        let most = usize::MAX;
        let bytes = file("'<f4'", false, &format!("({most},)"), &[0; 4]);
        assert_eq!(
            refusal::<f32>(&bytes, &[most]),
            format!(
                "shape ({most},) is too large: its nonzero lengths multiply past the address space"
            )
        );
        let bytes = file("'<f4'", true, &format!("(0, {most}, {most})"), &[]);
        assert!(refusal::<f32>(&bytes, &[0, most, most]).contains("is too large"));
        let bytes = file("'|u1'", false, &format!("({most},)"), &[0; 4]);
        assert_eq!(
            refusal::<u8>(&bytes, &[most]),
            format!("truncated .npy file: expected {most} bytes of data, found 4")
        );
    }

    #[test]
    fn bytes_that_are_no_bool() {
        assert_eq!(
            refusal::<bool>(&file("'|b1'", false, "(4,)", &[0, 1, 2, 3]), &[4]),
            "invalid bool in .npy file: element 2 is the byte 2, a bool is 0 or 1"
        );
    }

    /// Random changes to valid files, and random bytes. Any result or error is accepted, but no
    /// panic.
    #[test]
    fn no_content_panics() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % below
        };
        let seeds = [
            encode(&[2, 3], [1.0f32; 6]),
            encode(&[], [true]),
            file("'>i2'", true, "(3, 1, 2)", &[1; 12]),
            file("[('x', '<f4', (2, 2)), ('y\\'', \"|S3\")]", false, "(1L, )", &[1; 19]),
            file("u'|b1'", true, "(2, 2)", &[1, 0, 1, 0]),
        ];
        // Parts of headers, so that changed files stay nearly valid.
        let tokens: [&[u8]; 16] = [
            b"{", b"}", b"(", b")", b"[", b"]", b",", b":", b"'", b"\"", b"\\", b"L", b"9", b"0",
            b"\xff", b" ",
        ];
        let mut read = 0;
        for round in 0..60_000 {
            let mut bytes = seeds[round % seeds.len()].clone();
            for _ in 0..1 + random(4) {
                // Three of four changes are in the first 80 bytes, where the header is.
                let front = if random(4) == 0 { bytes.len() } else { 80 };
                let at = random(front.min(bytes.len()));
                match random(6) {
                    0 => bytes[at] = random(256) as u8,
                    1 if random(8) == 0 => bytes.truncate(at.max(8)),
                    1 => bytes[at] ^= 1 << random(8),
                    2 => drop(bytes.remove(at)),
                    3 => bytes.insert(at, random(256) as u8),
                    4 => drop(bytes.splice(at..at, tokens[random(tokens.len())].iter().copied())),
                    _ => bytes[at] = tokens[random(tokens.len())][0],
                }
            }
            if round % 7 == 0 {
                bytes = (0..random(64)).map(|_| random(256) as u8).collect();
                bytes.splice(0..0, *b"\x93NUMPY\x01\x00\x20\x00");
            }
            match NpyFile::parse(&bytes) {
                Err(error) => assert!(!error.to_string().is_empty()),
                Ok(file) => {
                    let shape = file.shape().to_vec();
                    let expected = &shape[..shape.len().min(MAX_RANK)];
                    read +=
                        usize::from(file.elements::<f32>(expected).map(Iterator::count).is_ok());
                    read +=
                        usize::from(file.elements::<i16>(expected).map(Iterator::count).is_ok());
                    match file.elements::<bool>(expected).map(Iterator::count) {
                        Ok(count) => assert_eq!(Some(count), element_count(expected, usize::MAX)),
                        Err(error) => assert!(!error.to_string().is_empty()),
                    }
                }
            }
        }
        // The changes are small enough that many files are still read to the end.
        assert!(read > 100, "only {read} files were read");
    }
}
