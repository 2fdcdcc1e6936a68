//! The prefix of the names that a part of a model looks up, such as `features.0`.

use super::table::{EMPTY, hashed};

/// The length of the longest prefix, in bytes.
const LONGEST: usize = 128;

/// Names joined by dots, in a buffer of fixed size, so that a prefix can be made in a constant.
#[derive(Clone, Copy)]
pub(super) struct Prefix {
    bytes: [u8; LONGEST],
    len: usize,
    /// The hash of the names and a dot after them; for the empty prefix, the hash of the empty
    /// name.
    pub(super) hash: u32,
}

impl Prefix {
    /// The empty prefix.
    pub(super) const EMPTY: Self = Self { bytes: [0; LONGEST], len: 0, hash: EMPTY };

    /// This prefix, a dot, and `name`; `None` if the result is longer than `LONGEST`.
    pub(super) const fn at(&self, name: &str) -> Option<Self> {
        if name.is_empty() {
            return Some(*self);
        }
        let (mut longer, bytes, len, mut k) = (*self, name.as_bytes(), name.len(), 0);
        if self.len > 0 && self.len < LONGEST {
            longer.bytes[self.len] = b'.';
            longer.len += 1;
        }
        if len > LONGEST - longer.len || self.len == LONGEST {
            return None;
        }
        while k < len {
            longer.bytes[longer.len + k] = bytes[k];
            k += 1;
        }
        longer.len += len;
        longer.hash = hashed(hashed(self.hash, name), ".");
        Some(longer)
    }

    pub(super) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_by_dots() {
        let features = Prefix::EMPTY.at("features").unwrap();
        assert_eq!(features.as_str(), "features");
        let first = features.at("0").unwrap();
        assert_eq!(first.as_str(), "features.0");
        assert_eq!(first.at("").unwrap().as_str(), "features.0");
        assert_eq!(first.at("größe.x").unwrap().as_str(), "features.0.größe.x");
        let text = core::str::from_utf8(&[b'a'; LONGEST + 1]).unwrap();
        assert_eq!(Prefix::EMPTY.at(&text[1..]).unwrap().as_str(), &text[1..]);
        assert!(Prefix::EMPTY.at(text).is_none());
        assert!(features.at(&text[..LONGEST - 8]).is_none());
        assert!(features.at(&text[..LONGEST - 9]).is_some());
    }
}
