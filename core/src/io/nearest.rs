//! Suggestions for a name that is missing: the names of the file that are most like it.
//!
//! Names in files that are included in the binary have suggestions of their own, in
//! `included/said.rs`. They are found at compile time, where nothing can be allocated, and where the
//! compiler refuses evaluations of millions of steps, such as the edit distances to all names of a
//! large file. So the two can suggest different names: the function there compares the start and the
//! end that two names have in common, which a second mistake in a name shortens.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The maximum number of names that are suggested.
const GIVEN: usize = 3;
/// The maximum number of names that are compared, because a file may have any number of names.
const LOOKED_AT: usize = 10_000;
/// The maximum number of bytes of each name that are compared, from the first byte in which the two
/// names differ.
const COMPARED: usize = 64;

/// The names in `names` that are nearest to `name`, at most [`GIVEN`], the nearest first. Names
/// that are equally near are in the order of `names`.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut best: Vec<(usize, &str)> = Vec::with_capacity(GIVEN + 1);
    for other in names.take(LOOKED_AT) {
        // The distance is at least the difference of the lengths, so a name whose length differs by
        // `farthest` or more is no nearer than those in `best`.
        let farthest = if best.len() < GIVEN { usize::MAX } else { best[GIVEN - 1].0 };
        if name.len().abs_diff(other.len()) >= farthest {
            continue;
        }
        let distance = distance(name.as_bytes(), other.as_bytes());
        let place = best.partition_point(|&(before, _)| before <= distance);
        best.insert(place, (distance, other));
        best.truncate(GIVEN);
    }
    best.into_iter().map(|(_, name)| name.to_string()).collect()
}

/// The edit distance: the number of bytes to change, insert or remove to turn one name into the
/// other. A common start and a common end are skipped. Of the bytes between them, those after the
/// first [`COMPARED`] count as different.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let beyond = a.len().max(b.len()).saturating_sub(COMPARED);
    let (a, b) = (&a[..a.len().min(COMPARED)], &b[..b.len().min(COMPARED)]);
    // `row[j]` is the distance between the first `i` bytes of `a` and the first `j` bytes of `b`.
    let mut row: [usize; COMPARED + 1] = core::array::from_fn(|j| j);
    for (i, byte) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(byte != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()] + beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| distance(a.as_bytes(), b.as_bytes());
        assert_eq!(distance("", ""), 0);
        assert_eq!(distance("weight", "weight"), 0);
        assert_eq!(distance("weight", "weigth"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("fc1.weight", "fc2.weight"), 1);
        assert_eq!(distance("layers.0.weight", "weight"), 9);
        assert_eq!(distance(&"a".repeat(1000), &"b".repeat(990)), 1000);
        assert_eq!(distance(&"a".repeat(1000), "a"), 999);
    }

    #[test]
    fn the_nearest_first() {
        let names = ["fc2.weight", "norm.scale", "fc1.bias", "fc1.weight", "head.weight"];
        assert_eq!(
            nearest("fc1.weigth", names.into_iter()),
            ["fc1.weight", "fc2.weight", "fc1.bias"]
        );
        assert_eq!(nearest("x", ["b", "a"].into_iter()), ["b", "a"]);
        assert!(nearest("x", [].into_iter()).is_empty());
    }
}
