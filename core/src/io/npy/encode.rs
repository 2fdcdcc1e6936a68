//! Makes the bytes of a `.npy` file: exactly those that `numpy.save` writes for a row-major array.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::MAGIC;
use super::element::NpyElement;
use crate::axes::element_count;
use crate::lengths::Lengths;

/// The bytes of the file that holds an array of shape `shape`, which has at most eight axes, with
/// the elements `elements` in row-major order. The file is of version 1.0, and little-endian.
pub(crate) fn encode<T: NpyElement>(
    shape: &[usize],
    elements: impl IntoIterator<Item = T>,
) -> Vec<u8> {
    let mut out = header::<T>(shape);
    let start = out.len();
    let size =
        element_count(shape, usize::MAX).map_or(0, |count| count.saturating_mul(size_of::<T>()));
    out.resize(start.saturating_add(size), 0);
    let written = fill(&mut out[start..], &mut elements.into_iter());
    debug_assert_eq!(written, size, "as many elements as the shape holds");
    out
}

/// Writes elements to `raw` until `raw` is full or `elements` ends, and returns the number of bytes
/// written.
pub(super) fn fill<T: NpyElement>(raw: &mut [u8], elements: &mut impl Iterator<Item = T>) -> usize {
    let mut written = 0;
    // `raw` comes first in `zip`, which then takes no element from `elements` once `raw` is full.
    for (raw, element) in raw.chunks_exact_mut(size_of::<T>()).zip(elements) {
        element.write_bytes(raw);
        written += size_of::<T>();
    }
    written
}

/// All bytes before the data.
pub(super) fn header<T: NpyElement>(shape: &[usize]) -> Vec<u8> {
    header_of(T::KIND, size_of::<T>(), shape)
}

/// All bytes before the data, for elements whose type string has the letter `kind` and the size
/// `size`.
pub(crate) fn header_of(kind: u8, size: usize, shape: &[usize]) -> Vec<u8> {
    let order = if size == 1 { '|' } else { '<' };
    let (kind, lengths) = (char::from(kind), Lengths::new(shape));
    let mut text =
        format!("{{'descr': '{order}{kind}{size}', 'fortran_order': False, 'shape': {lengths}, }}");
    // NumPy leaves room for the first length to grow to 21 digits, so that elements can be appended
    // to the file in place. So does this function.
    if let Some(first) = shape.first() {
        text.extend(core::iter::repeat_n(' ', 21 - first.to_string().len()));
    }
    // The magic bytes, the version, the length, the text and a newline fill blocks of 64 bytes.
    // Where they fill a block exactly, NumPy adds another block, and so does this function.
    let before = MAGIC.len() + 4;
    text.extend(core::iter::repeat_n(' ', 64 - (before + text.len() + 1) % 64));
    text.push('\n');

    let mut out = Vec::with_capacity(before + text.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&[1, 0]);
    // With at most eight axes the length of the text is below 300, so that it fits in 16 bits.
    out.extend_from_slice(&(text.len() as u16).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a header, without its padding.
    fn text(bytes: &[u8]) -> &[u8] {
        bytes[10..].trim_ascii_end()
    }

    /// All bytes that NumPy 2.4 wrote for `numpy.array([1, 2, 3], numpy.float32)`.
    #[test]
    fn numpys_bytes() {
        let mut expected =
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"
                .to_vec();
        expected.resize(127, b' ');
        expected.extend_from_slice(b"\n\x00\x00\x80?\x00\x00\x00@\x00\x00@@");
        assert_eq!(encode(&[3], [1.0f32, 2.0, 3.0]), expected);
    }

    #[test]
    fn numpys_headers() {
        let expected = b"{'descr': '|b1', 'fortran_order': False, 'shape': (), }";
        assert_eq!(text(&header::<bool>(&[])), expected);
        let expected = b"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 0), }";
        assert_eq!(text(&header::<u8>(&[2, 0])), expected);
        let expected =
            b"{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1), }";
        assert_eq!(text(&header::<i64>(&[1; 8])), expected);
    }

    #[test]
    fn the_data_is_aligned() {
        let long = 10_usize.pow(usize::MAX.ilog10());
        for rank in 0..=8 {
            for length in [1, 10, 12_345, long] {
                let bytes = header::<f64>(&[length; 8][..rank]);
                assert_eq!(bytes.len() % 64, 0);
                assert_eq!(usize::from(u16::from_le_bytes([bytes[8], bytes[9]])), bytes.len() - 10);
                assert_eq!(bytes.last(), Some(&b'\n'));
            }
        }
    }
}
