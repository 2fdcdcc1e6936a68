//! The checksum of zip archives: CRC-32 with the polynomial of ISO 3309, bits reversed.
//!
//! The bytes are processed in blocks of eight ("slicing by 8"). `TABLES[k][b]` is the effect on the
//! checksum of a byte `b` after which `k` more bytes of the block follow. The checksum of the bytes
//! before the block is XORed into the first four bytes of the block. The new checksum is the XOR of
//! the table entries of all eight bytes.

/// The number of bytes of a block. Each position in a block has its own table.
const AT_ONCE: usize = 8;

/// `TABLES[k][b]` is the effect on the checksum of a byte `b` after which `k` more bytes of its
/// block follow.
const TABLES: [[u32; 256]; AT_ONCE] = {
    let (mut tables, mut byte) = ([[0; 256]; AT_ONCE], 0);
    while byte < 256 {
        let (mut crc, mut bit) = (byte as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut k = 1;
    while k < AT_ONCE {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[k - 1][byte];
            tables[k][byte] = before >> 8 ^ tables[0][before as usize & 0xff];
            byte += 1;
        }
        k += 1;
    }
    tables
};

/// The checksum of the bytes so far, with all bits inverted.
#[derive(Clone, Copy)]
pub(crate) struct Crc(u32);

impl Crc {
    pub(crate) fn new() -> Self {
        Self(!0)
    }

    /// The checksum of the bytes so far followed by `bytes`.
    #[must_use]
    pub(crate) fn and(self, bytes: &[u8]) -> Self {
        let (eights, rest) = bytes.as_chunks::<AT_ONCE>();
        let crc = eights.iter().fold(self.0, |crc, eight| {
            let first = crc.to_le_bytes();
            (0..AT_ONCE).fold(0, |sum, k| {
                let byte = eight[k] ^ first.get(k).copied().unwrap_or(0);
                sum ^ TABLES[AT_ONCE - 1 - k][usize::from(byte)]
            })
        });
        Self(
            rest.iter().fold(crc, |crc, &byte| crc >> 8 ^ TABLES[0][usize::from(crc as u8 ^ byte)]),
        )
    }

    pub(crate) fn value(self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The CRC of "123456789" is the check value that catalogues of checksums state; zlib computed
    /// the other values.
    #[test]
    fn known_values() {
        let of = |bytes: &[u8]| Crc::new().and(bytes).value();
        assert_eq!(of(b""), 0);
        assert_eq!(of(b"123456789"), 0xcbf4_3926);
        assert_eq!(of(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
        assert_eq!(of(&[0; 32]), 0x190a_55ad);
    }

    #[test]
    fn blocks_of_any_length() {
        let bytes: [u8; 100] = core::array::from_fn(|k| (k * 37) as u8);
        let whole = Crc::new().and(&bytes).value();
        for at in 0..=bytes.len() {
            assert_eq!(Crc::new().and(&bytes[..at]).and(&bytes[at..]).value(), whole);
        }
    }
}
