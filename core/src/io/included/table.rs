//! The table of an included file: which tensors there are, and how one is found by its name.

use crate::axes::{AxisKind, MAX_RANK};
use crate::element::Element;
use crate::shape::{List, ListOf, Shape};

/// A tensor of an included file.
#[derive(Clone, Copy, Debug)]
pub struct IncludedTensor {
    /// Its name.
    pub(super) name: &'static str,
    /// What the format calls its element type.
    pub(super) dtype: &'static str,
    /// Its lengths.
    pub(super) shape: &'static [usize],
    /// Where its elements begin in the data.
    pub(super) start: usize,
    /// Where they end.
    pub(super) end: usize,
}

impl IncludedTensor {
    /// What the macros make of a header.
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

    /// Whether its elements are of type `T`, and its lengths those of `S`.
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

    /// How many bytes a number takes, of the element types that arrays have.
    pub(super) const fn width(&self) -> usize {
        match self.dtype.as_bytes() {
            b"F64" | b"I64" | b"U64" => 8,
            b"F32" | b"I32" | b"U32" => 4,
            b"F16" | b"BF16" | b"I16" | b"U16" => 2,
            _ => 1,
        }
    }
}

/// The tensor `name` in a table that is sorted by names.
pub(super) const fn find<'t>(table: &'t [IncludedTensor], name: Name<'_>) -> Option<&'t IncludedTensor> {
    let (mut from, mut to) = (0, table.len());
    while from < to {
        let middle = from + (to - from) / 2;
        match name.compared_with(table[middle].name) {
            Order::Less => to = middle,
            Order::Same => return Some(&table[middle]),
            Order::Greater => from = middle + 1,
        }
    }
    None
}

/// Whether there is a tensor `name`, or one below it.
pub(super) const fn is_at_or_below(table: &[IncludedTensor], name: &str) -> bool {
    let mut k = 0;
    while k < table.len() {
        let other = table[k].name.as_bytes();
        if let Some((first, rest)) = other.split_at_checked(name.len())
            && (rest.is_empty() || rest[0] == b'.')
            && same_bytes(first, name.as_bytes())
        {
            return true;
        }
        k += 1;
    }
    false
}

/// Whether two lists of as many bytes are the same.
const fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let mut k = 0;
    while k < a.len() && k < b.len() {
        if a[k] != b[k] {
            return false;
        }
        k += 1;
    }
    true
}

/// How a name is to another in the order of their bytes.
enum Order {
    Less,
    Same,
    Greater,
}

/// A name below a prefix, `features.0` and `weight`: what `features.0.weight` is.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    /// Empty where there is none.
    pub(super) prefix: &'a str,
    /// The rest of the name.
    pub(super) rest: &'a str,
}

impl Name<'_> {
    /// How many bytes it has.
    pub(super) const fn len(self) -> usize {
        let before = if self.prefix.is_empty() { 0 } else { self.prefix.len() + 1 };
        before + self.rest.len()
    }

    /// The byte `at`, which is less than the length.
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

    const fn compared_with(self, other: &str) -> Order {
        let (len, other) = (self.len(), other.as_bytes());
        let mut k = 0;
        while k < len && k < other.len() {
            let (a, b) = (self.byte(k), other[k]);
            if a != b {
                return if a < b { Order::Less } else { Order::Greater };
            }
            k += 1;
        }
        if len == other.len() {
            Order::Same
        } else if len < other.len() {
            Order::Less
        } else {
            Order::Greater
        }
    }
}

/// Whether two texts are the same.
pub(super) const fn is_same(a: &str, b: &str) -> bool {
    let whole = Name { prefix: "", rest: a };
    matches!(whole.compared_with(b), Order::Same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_or_has_a_part_that_is() {
        let table = ["a.b.c", "ab", "b"].map(|name| IncludedTensor::new(name, "F32", &[], 0, 4));
        for (name, is_there) in
            [("a", true), ("a.b", true), ("a.b.c", true), ("ab", true), ("b", true), ("a.", false), ("a.b.c.d", false)]
        {
            assert_eq!(is_at_or_below(&table, name), is_there, "{name}");
        }
    }

    #[test]
    fn a_name_is_found_whole_and_below_a_prefix() {
        let tensor = |name| IncludedTensor::new(name, "F32", &[], 0, 4);
        let table = ["a", "a.b", "a.b.c", "ab", "b.weight"].map(tensor);
        let find = |prefix, rest| find(&table, Name { prefix, rest }).map(|found| found.name);
        for tensor in &table {
            assert_eq!(find("", tensor.name), Some(tensor.name));
            for (dot, _) in tensor.name.match_indices('.') {
                assert_eq!(find(&tensor.name[..dot], &tensor.name[dot + 1..]), Some(tensor.name));
            }
        }
        for (prefix, rest) in [("", ""), ("", "c"), ("a", ""), ("a", "b."), ("a.b", "weight"), ("b", "weigh")]
        {
            assert_eq!(find(prefix, rest), None, "{prefix:?} {rest:?}");
        }
    }
}
