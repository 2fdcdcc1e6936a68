//! Iteration over the positions of a shape in row-major order, from both ends. The iterators over
//! the parts and over the elements of a tensor use [`Positions`].

use core::iter::FusedIterator;

use super::parts::steps;
use crate::axes::{MAX_RANK, PerAxis};

/// A position in a shape: the index along each axis, the last axis first, and the distance in
/// elements from the first element.
#[derive(Clone, Copy, Debug)]
struct Position {
    index: PerAxis<usize>,
    offset: isize,
}

/// Iterates over the positions of a shape in row-major order, from both ends. The items are the
/// distances of the positions from the first element, in elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positions {
    lens: PerAxis<usize>,
    strides: PerAxis<isize>,
    /// The positions are numbered in row-major order. The positions with the numbers `front..back`
    /// have not been returned yet.
    front: usize,
    back: usize,
    /// `next` is the position with the number `front`, and `after` the one with the number `back`.
    /// If all positions have been returned, `next` and `after` may have any value.
    next: Position,
    after: Position,
}
impl Positions {
    /// The positions of a shape with the lengths `lens`, the last axis first, and `count` elements.
    pub(super) fn new(lens: PerAxis<usize>, strides: PerAxis<isize>, count: usize) -> Self {
        // The position after the last is represented by the first one, because a step backwards
        // from the first position wraps round to the last.
        let first = Position { index: [0; MAX_RANK], offset: 0 };
        Self { lens, strides, front: 0, back: count, next: first, after: first }
    }

    /// The positions at which the one-axis views along axis `k` begin, and the stride along that
    /// axis.
    #[inline]
    pub(super) fn across(
        k: usize,
        mut lens: PerAxis<usize>,
        mut strides: PerAxis<isize>,
    ) -> (Self, isize) {
        let stride = core::mem::replace(&mut strides[k], 0);
        lens[k] = 1;
        // The product does not overflow: the product of the nonzero lengths of a shape fits into a
        // `usize`.
        (Self::new(lens, strides, lens.iter().product()), stride)
    }

    /// The index of the next position, the last axis first.
    pub(super) fn index(&self) -> PerAxis<usize> {
        self.next.index
    }

    /// The index of the position that [`next_back`](Self::next_back) last returned, the last axis
    /// first.
    pub(super) fn back_index(&self) -> PerAxis<usize> {
        self.after.index
    }

    /// The position with the number `number`, counted in row-major order.
    fn at(&self, mut number: usize) -> Position {
        let mut position = Position { index: [0; MAX_RANK], offset: 0 };
        for k in 0..MAX_RANK {
            // No length is 0 here: entries past the rank are 1, and a shape with a position has no
            // empty axis.
            let index = number % self.lens[k];
            number /= self.lens[k];
            position.index[k] = index;
            position.offset = position.offset.wrapping_add(steps(index, self.strides[k]));
        }
        position
    }

    /// The number of positions that have not been returned yet.
    fn left(&self) -> usize {
        self.back - self.front
    }
}
impl Iterator for Positions {
    type Item = isize;
    #[inline]
    fn next(&mut self) -> Option<isize> {
        if self.front == self.back {
            return None;
        }
        let offset = self.next.offset;
        self.front += 1;
        for k in 0..MAX_RANK {
            self.next.index[k] += 1;
            self.next.offset = self.next.offset.wrapping_add(self.strides[k]);
            if self.next.index[k] < self.lens[k] {
                break;
            }
            self.next.offset = self.next.offset.wrapping_sub(steps(self.lens[k], self.strides[k]));
            self.next.index[k] = 0;
        }
        Some(offset)
    }
    #[inline]
    fn nth(&mut self, n: usize) -> Option<isize> {
        if n >= self.left() {
            self.front = self.back;
            return None;
        }
        if n > 0 {
            self.front += n;
            self.next = self.at(self.front);
        }
        self.next()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left(), Some(self.left()))
    }
}
impl DoubleEndedIterator for Positions {
    #[inline]
    fn next_back(&mut self) -> Option<isize> {
        if self.front == self.back {
            return None;
        }
        self.back -= 1;
        for k in 0..MAX_RANK {
            if self.after.index[k] > 0 {
                self.after.index[k] -= 1;
                self.after.offset = self.after.offset.wrapping_sub(self.strides[k]);
                break;
            }
            self.after.index[k] = self.lens[k] - 1;
            self.after.offset =
                self.after.offset.wrapping_add(steps(self.lens[k] - 1, self.strides[k]));
        }
        Some(self.after.offset)
    }
    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<isize> {
        if n >= self.left() {
            self.back = self.front;
            return None;
        }
        if n > 0 {
            self.back -= n;
            self.after = self.at(self.back);
        }
        self.next_back()
    }
}
impl ExactSizeIterator for Positions {}
impl FusedIterator for Positions {}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    /// From both ends, in single steps and in jumps, the positions are those that a simple formula
    /// gives.
    #[test]
    fn from_both_ends() {
        let (mut lens, mut strides) = ([1; MAX_RANK], [0; MAX_RANK]);
        (lens[0], lens[1], lens[2]) = (3, 1, 4);
        (strides[0], strides[1], strides[2]) = (-2, 5, 7);
        let all: Vec<isize> = Positions::new(lens, strides, 12).collect();
        let expected: Vec<isize> = (0..12).map(|n| -2 * (n % 3) + 7 * (n / 3)).collect();
        assert_eq!(all, expected);
        let mut backwards: Vec<isize> = Positions::new(lens, strides, 12).rev().collect();
        backwards.reverse();
        assert_eq!(backwards, expected);
        for forward in 0..5 {
            for backward in 0..5 {
                let mut positions = Positions::new(lens, strides, 12);
                let mut plain = expected.iter().copied();
                loop {
                    assert_eq!(positions.len(), plain.len());
                    let first = positions.nth(forward);
                    assert_eq!(first, plain.nth(forward));
                    assert_eq!(positions.nth_back(backward), plain.nth_back(backward));
                    assert_eq!(positions.next_back(), plain.next_back());
                    if first.is_none() {
                        break;
                    }
                }
            }
        }
    }

    /// Strides may have any value if no element is read: offsets wrap, and nothing panics.
    #[test]
    fn of_nothing() {
        let (mut lens, strides) = ([1; MAX_RANK], [isize::MAX; MAX_RANK]);
        lens[1] = 0;
        assert_eq!(Positions::new(lens, strides, 0).rev().count(), 0);
        lens[1] = 5;
        assert_eq!(Positions::new(lens, strides, 5).rev().count(), 5);
    }
}
