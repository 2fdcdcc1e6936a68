//! The table of an included file: its tensors, and the search for a tensor by its name.
//!
//! To find a name:
//!
//! 1. Hash the name with FNV-1a, continuing from the hash of the prefix, which is stored with the
//!    prefix.
//! 2. Search the sorted array of hashes for the first that is equal (binary search).
//! 3. From that hash on, compare the names of all tensors with the same hash.
//!
//! The table is searched in constants. The compiler limits the number of steps of their evaluation,
//! so the search uses a hash, and few calls.

use crate::axes::{AxisKind, MAX_RANK};
use crate::element::Element;
use crate::shape::{List, ListOf, Shape};

/// A tensor of an included file.
#[derive(Clone, Copy, Debug)]
pub struct IncludedTensor {
    /// The name.
    pub(super) name: &'static str,
    /// The name of the element type in the `.safetensors` format, such as `F32`.
    pub(super) dtype: &'static str,
    /// The lengths.
    pub(super) shape: &'static [usize],
    /// The index in the data at which the elements begin.
    pub(super) start: usize,
    /// The index in the data at which the elements end.
    pub(super) end: usize,
}

impl IncludedTensor {
    /// The constructor that the expansions of the macros call.
    #[must_use]
    pub const fn new(
        name: &'static str,
        dtype: &'static str,
        shape: &'static [usize],
        start: usize,
        end: usize,
    ) -> Self {
        Self { name, dtype, shape, start, end }
    }

    /// Whether the element type of the tensor is `T` and its lengths are those of `S`.
    pub(super) const fn is<T: Element, S: Shape>(&self) -> bool {
        if self.shape.len() != S::RANK || !is_same(self.dtype, T::NAME_IN_FILES) {
            return false;
        }
        let mut k = 0;
        while k < self.shape.len() && k < MAX_RANK {
            let length = match <ListOf<S> as List>::KINDS[self.shape.len() - 1 - k] {
                AxisKind::Stretching => Some(1),
                AxisKind::Length(length) => length,
                AxisKind::Absent => None,
            };
            if !matches!(length, Some(length) if length == self.shape[k]) {
                return false;
            }
            k += 1;
        }
        true
    }

    /// The number of bytes of an element, for the element types that arrays have.
    pub(super) const fn width(&self) -> usize {
        match self.dtype.as_bytes() {
            b"F64" | b"I64" | b"U64" => 8,
            b"F32" | b"I32" | b"U32" => 4,
            b"F16" | b"BF16" | b"I16" | b"U16" => 2,
            _ => 1,
        }
    }
}

/// The hash of a tensor's name, and the tensor's index in the table. An array of places is sorted
/// by the hash, so that `find` can use a binary search.
pub type Place = (u32, usize);

/// The hash of the empty name.
pub(super) const EMPTY: u32 = 0x811c_9dc5;

/// The hash of a text whose first part has the hash `hash` and whose last part is `text`: FNV-1a of
/// 32 bits. (The compiler limits the number of calls and of steps in a constant, so this function
/// and those after it in this file use few of both.)
pub(super) const fn hashed(mut hash: u32, text: &str) -> u32 {
    let (bytes, len, mut k) = (text.as_bytes(), text.len(), 0);
    while k < len {
        // This product does not overflow in `u64`. In `u32` it would, and `wrapping_mul`, which
        // allows that, would be one more call for each byte.
        hash = (((hash ^ bytes[k] as u32) as u64 * 0x0100_0193) & 0xffff_ffff) as u32;
        k += 1;
    }
    hash
}

/// The tensor with the name `name`; `hash` is the hash of this name.
pub(super) const fn find<'t>(
    tensors: &'t [IncludedTensor],
    places: &[Place],
    name: PrefixedName<'_>,
    hash: u32,
) -> Option<&'t IncludedTensor> {
    let (count, mut from, mut to) = (places.len(), 0, places.len());
    while from < to {
        let middle = from + (to - from) / 2;
        if places[middle].0 < hash {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    while from < count && places[from].0 == hash {
        let tensor = &tensors[places[from].1];
        if name.is(tensor.name) {
            return Some(tensor);
        }
        from += 1;
    }
    None
}

/// Whether there is a tensor whose name is `name`, or begins with `name` and a dot.
pub(super) const fn is_at_or_below(tensors: &[IncludedTensor], name: &str) -> bool {
    let (name, count, mut k) = (name.as_bytes(), tensors.len(), 0);
    while k < count {
        let other = tensors[k].name.as_bytes();
        if other.len() == name.len() || other.len() > name.len() && other[name.len()] == b'.' {
            let mut i = 0;
            while i < name.len() && other[i] == name[i] {
                i += 1;
            }
            if i == name.len() {
                return true;
            }
        }
        k += 1;
    }
    false
}

/// A name below a prefix: `features.0` and `weight` are the parts of `features.0.weight`.
#[derive(Clone, Copy)]
pub(super) struct PrefixedName<'a> {
    /// The prefix, or the empty string.
    pub(super) prefix: &'a str,
    /// The rest of the name.
    pub(super) rest: &'a str,
}

impl PrefixedName<'_> {
    /// The number of bytes of the whole name.
    pub(super) const fn len(self) -> usize {
        let before = if self.prefix.is_empty() { 0 } else { self.prefix.len() + 1 };
        before + self.rest.len()
    }

    /// The byte at the index `at`, which is less than the length.
    pub(super) const fn byte(self, at: usize) -> u8 {
        let before = self.len() - self.rest.len();
        if at >= before {
            self.rest.as_bytes()[at - before]
        } else if at == self.prefix.len() {
            b'.'
        } else {
            self.prefix.as_bytes()[at]
        }
    }

    const fn is(self, whole: &str) -> bool {
        let (len, whole) = (self.len(), whole.as_bytes());
        if whole.len() != len {
            return false;
        }
        let (prefix, rest, mut k) = (self.prefix.as_bytes(), self.rest.as_bytes(), 0);
        let before = len - rest.len();
        while k < len {
            let byte = if k >= before {
                rest[k - before]
            } else if k + 1 == before {
                b'.'
            } else {
                prefix[k]
            };
            if byte != whole[k] {
                return false;
            }
            k += 1;
        }
        true
    }
}

/// Whether two strings are equal.
pub(super) const fn is_same(a: &str, b: &str) -> bool {
    let whole = PrefixedName { prefix: "", rest: a };
    whole.is(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_or_has_a_part_that_is() {
        let table = ["a.b.c", "ab", "b"].map(|name| IncludedTensor::new(name, "F32", &[], 0, 4));
        for name in ["a", "a.b", "a.b.c", "ab", "b"] {
            assert!(is_at_or_below(&table, name), "{name}");
        }
        for name in ["a.", "a.b.c.d", "c", "abc", "a.c"] {
            assert!(!is_at_or_below(&table, name), "{name}");
        }
    }

    #[test]
    fn a_name_is_found_whole_and_below_a_prefix() {
        let tensor = |name| IncludedTensor::new(name, "F32", &[], 0, 4);
        let table = ["b.weight", "a", "a.b", "ab", "a.b.c"].map(tensor);
        let mut places: [Place; 5] = core::array::from_fn(|k| (hashed(EMPTY, table[k].name), k));
        places.sort_unstable();
        let find = |prefix: &str, rest| {
            let before = if prefix.is_empty() { EMPTY } else { hashed(hashed(EMPTY, prefix), ".") };
            find(&table, &places, PrefixedName { prefix, rest }, hashed(before, rest))
                .map(|found| found.name)
        };
        for tensor in &table {
            assert_eq!(find("", tensor.name), Some(tensor.name));
            for (dot, _) in tensor.name.match_indices('.') {
                assert_eq!(find(&tensor.name[..dot], &tensor.name[dot + 1..]), Some(tensor.name));
            }
        }
        for (prefix, rest) in
            [("", ""), ("", "c"), ("a", ""), ("a", "b."), ("a.b", "weight"), ("b", "weigh")]
        {
            assert_eq!(find(prefix, rest), None, "{prefix:?} {rest:?}");
        }
    }

    /// Two names with the same hash are told apart.
    #[test]
    fn names_of_one_hash() {
        assert_eq!(hashed(EMPTY, "costarring"), hashed(EMPTY, "liquid"));
        let table =
            ["liquid", "costarring"].map(|name| IncludedTensor::new(name, "F32", &[], 0, 4));
        let hash = hashed(EMPTY, "liquid");
        for name in ["costarring", "liquid"] {
            let found = find(
                &table,
                &[(hash, 0), (hash, 1)],
                PrefixedName { prefix: "", rest: name },
                hash,
            );
            assert_eq!(found.unwrap().name, name);
        }
    }

    /// Values published by the authors of the hash.
    #[test]
    fn the_hash_is_fnv_1a() {
        let known = [("", 0x811c_9dc5), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)];
        assert!(known.iter().all(|&(text, hash)| hashed(EMPTY, text) == hash));
        assert_eq!(hashed(hashed(EMPTY, "foo"), "bar"), hashed(EMPTY, "foobar"));
    }
}
