//! The names that a missing one may have meant.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// How many names are given.
const GIVEN: usize = 3;
/// How many names are looked at: a file may have as many as it likes.
const LOOKED_AT: usize = 10_000;
/// How many bytes of two names are compared, from where they first differ.
const COMPARED: usize = 64;

/// The nearest of `names` to `name`, the nearest first, of equally near ones the first.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut best: Vec<(usize, &str)> = Vec::with_capacity(GIVEN + 1);
    for other in names.take(LOOKED_AT) {
        // A name of another length differs by as much at least.
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

/// How many bytes have to be changed, put in or taken out to make one name the other, as far as
/// they are compared.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let beyond = a.len().max(b.len()).saturating_sub(COMPARED);
    let (a, b) = (&a[..a.len().min(COMPARED)], &b[..b.len().min(COMPARED)]);
    // Of each beginning of `b`, how far it is from the beginning of `a` that is looked at.
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
